import '@/styles/tokens.css'
import '@/styles/base.css'
import '@/styles/print.css'
import { startEnd } from '@/core/end'
import Layout from './layout/Layout.vue'
import { routes } from './routes'
import { t } from './text'

void startEnd({ base: '/', title: () => t('title'), root: Layout, routes })
