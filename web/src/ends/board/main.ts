import '@/styles/tokens.css'
import '@/styles/base.css'
import { startEnd } from '@/core/end'
import { t } from '@/features/board/text'
import Layout from './layout/Layout.vue'
import { routes } from './routes'

void startEnd({ base: '/board/', title: () => t('title'), root: Layout, routes })
