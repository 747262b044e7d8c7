import '@/styles/tokens.css'
import '@/styles/base.css'
import '@/styles/el.css'
import '@/styles/print.css'
import { startEnd } from '@/core/end'
import Layout from './layout/Layout.vue'
import { routes } from './routes'
import { t } from './text'

void startEnd({ base: '/admin/', title: () => t('title'), root: Layout, routes, kinds: ['staff', 'administrator'] })
