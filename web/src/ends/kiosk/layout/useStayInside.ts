/** A kiosk opens no windows, saves no files and leads to no other site: files open in a page of it. */
import { useEventListener } from '@vueuse/core'
import type { Router } from 'vue-router'
import { t } from '@/features/kiosk/text'
import { toast } from '@/ui/toasts'

export function useStayInside(router: Router): void {
  useEventListener(document, 'click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const address = link?.getAttribute('href')
    if (!link || !address || event.defaultPrevented) return
    const url = new URL(address, location.href)
    const isFile = url.origin === location.origin && url.pathname.startsWith('/api/')
    const isOwn = url.origin === location.origin && url.pathname.startsWith('/kiosk/') && link.target !== '_blank'
    if (isOwn || address.startsWith('#')) return
    event.preventDefault()
    const name = link.download || link.textContent?.trim() || undefined
    if (isFile) void router.push({ name: 'view', query: { file: url.pathname + url.search, name } })
    else toast(t('outside', { address: url.protocol === 'tel:' ? url.pathname : url.hostname }))
  }, { capture: false })
}
