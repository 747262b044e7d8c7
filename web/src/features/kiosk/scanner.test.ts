import { mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import UiUpload from '@/ui/UiUpload.vue'
import { UPLOAD_SOURCE } from '@/ui/upload-source'
import { scannerSource } from './scanner'
import { t } from './text'

afterEach(() => delete window.tongbanScanner)

function atKiosk(send = vi.fn()) {
  const props = { types: ['pdf'], maxFiles: 2, maxBytes: 1000, send }
  return mount(UiUpload, { props, global: { provide: { [UPLOAD_SOURCE as symbol]: scannerSource() } } })
}

it('opens no file dialog where there is no scanner, and takes nothing that is dropped', async () => {
  const send = vi.fn()
  const page = atKiosk(send)
  expect(page.find('input[type=file]').exists()).toBe(false)
  expect(page.find('button').exists()).toBe(false)
  expect(page.text()).toContain(t('scan.nowhere'))
  const dropped = { files: [new File(['x'], 'a.pdf')] }
  await page.get('.upload').trigger('drop', { dataTransfer: dropped })
  expect(send).not.toHaveBeenCalled()
})

it('sends what the scanner gives, and says where it gives nothing', async () => {
  const scan = vi.fn(() => Promise.resolve([new File(['x'], 'a.pdf')]))
  window.tongbanScanner = { scan }
  const send = vi.fn(() => Promise.resolve({ id: '1', name: 'a.pdf' }))
  const page = atKiosk(send)
  expect(page.find('input[type=file]').exists()).toBe(false)
  await page.get('button').trigger('click')
  await vi.waitFor(() => expect(send).toHaveBeenCalledOnce())
  scan.mockRejectedValueOnce(new Error('jam'))
  await page.get('.choose button').trigger('click')
  await vi.waitFor(() => expect(page.text()).toContain(t('scan.failed')))
})
