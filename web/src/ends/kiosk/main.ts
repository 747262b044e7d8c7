import '@/styles/tokens.css'
import '@/styles/base.css'
import '@/styles/print.css'
import { startEnd } from '@/core/end'
import { t } from '@/features/kiosk/text'
import Layout from './layout/Layout.vue'
import { routes } from './routes'

void startEnd({ base: '/kiosk/', title: () => t('title'), root: Layout, routes, kinds: ['person', 'enterprise_agent'] })
