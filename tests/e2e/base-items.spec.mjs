/** The base catalogue: kept by an administrator, implemented by offices, followed by their items. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, PHONE, press, settled, shot, visit } from './city.mjs'
import { say } from './texts.mjs'

/** 生育登记, of a county office alone: nobody else's tests depend on it. */
const BIRTH = { base: '432099004000', item: '11430102TB0000116C4432099004000', name: '生育登记' }
const t = (key, args) => say('base-item', key, args)

test('an administrator changes a base item, and the office that implements it is told and follows', async (context) => {
  const page = await visit(context, { as: 'admin' })
  await page.goto('/admin/base-items')
  await settled(page)
  await page.getByRole('link', { name: BIRTH.name, exact: true }).waitFor()
  await shot(page, 'base items')
  await page.getByRole('combobox', { name: t('column.type') }).selectOption('01')
  await page.waitForURL(/item_type=01/)
  await settled(page)
  assert.equal(await page.getByRole('link', { name: BIRTH.name, exact: true }).count(), 0)

  // Who implements it, and who is expected to and does not.
  await page.goto('/admin/base-items/432099001000')
  await page.getByText('长沙市人力资源和社会保障局').waitFor()
  await settled(page)
  await shot(page, 'base item')

  await page.goto(`/admin/base-items/${BIRTH.base}`)
  await page.getByRole('tab', { name: new RegExp(`^${t('tab.content')}`) }).click()
  await settled(page)
  await shot(page, 'base item content')
  const name = page.getByLabel(say('manage-item', 'field.name'), { exact: true }).first()
  await name.fill('生育登记服务')
  await page.getByRole('button', { name: t('save'), exact: true }).click()
  await page.getByText(t('saved'), { exact: true }).waitFor()
  await press(page.getByRole('button', { name: t('publish'), exact: true }))
  await page.getByRole('dialog').getByRole('button', { name: t('publish'), exact: true }).click()
  await page.getByText(t('published', { n: 2 }), { exact: true }).waitFor()

  await page.goto('/admin/base-items?show=follow')
  await page.getByText(t('deviation.both', { base: '生育登记服务', item: BIRTH.name })).waitFor()
  await settled(page)
  await shot(page, 'base to follow')
  await page.setViewportSize(PHONE)
  await shot(page, 'base to follow phone')
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.goto(`/admin/items/${BIRTH.item}`)
  await page.getByText(t('notice.deviates', { name: '生育登记服务' })).waitFor()
  await settled(page)
  await shot(page, 'item beside its base')
  await page.getByRole('button', { name: t('notice.take'), exact: true }).click()
  await page.getByText(t('notice.taken'), { exact: true }).waitFor()
  assert.equal(await page.getByLabel(say('manage-item', 'field.name'), { exact: true }).first().inputValue(), '生育登记服务')

  // Back to what it was: nothing is left behind for others.
  await page.goto('about:blank')
  await page.goto(`/admin/base-items/${BIRTH.base}`)
  await page.getByRole('tab', { name: new RegExp(`^${t('tab.content')}`) }).click()
  await page.getByLabel(say('manage-item', 'field.name'), { exact: true }).first().fill(BIRTH.name)
  await page.getByRole('button', { name: t('save'), exact: true }).click()
  await page.getByText(t('saved'), { exact: true }).waitFor()
  await press(page.getByRole('button', { name: t('publish'), exact: true }))
  await page.getByRole('dialog').getByRole('button', { name: t('publish'), exact: true }).click()
  await page.getByText(t('published', { n: 3 }), { exact: true }).waitFor()
  await page.goto('/admin/base-items?show=follow')
  await page.getByText(t('follow.none'), { exact: true }).waitFor()
})

test('a catalogue comes as a list, and what the list cannot mean is told row by row', async (context) => {
  const page = await visit(context, { as: 'admin' })
  await page.goto('/admin/import?tab=base')
  await settled(page)
  const list = '基本编码,事项名称,事项类型,主管条线,行使层级,法定时限\n430199099000,校车使用许可,行政许可,教育,县级,20个工作日\n430199099001,缺单位,行政许可,教育,县级,20天\n43019,短码,行政许可,,县级,\n'
  await page.setInputFiles('input[type=file]', { name: 'base.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
  await page.getByRole('button', { name: say('import', 'try'), exact: true }).click()
  await page.getByText(say('import', 'report.dry'), { exact: true }).waitFor()
  await page.getByText('法定时限“20天”无法识别').waitFor()
  await shot(page, 'base import')
  await page.setViewportSize(PHONE)
  await shot(page, 'base import phone')
})

test('a new item chooses its base item and takes code, name and laws from it', async (context) => {
  const page = await visit(context, { as: 'admin' })
  expects(page, /422 .*\/manage\/items/)
  await page.goto('/admin/items')
  await settled(page)
  await page.getByRole('button', { name: say('manage-item', 'new'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('searchbox').fill('失业')
  await press(dialog.getByRole('button', { name: /^失业登记/ }))
  await dialog.getByLabel(say('manage-item', 'field.department_code'), { exact: true }).selectOption({ label: '长沙市人力资源和社会保障局' })
  const code = dialog.getByLabel(say('manage-item', 'field.code'), { exact: true })
  await page.waitForFunction(() => [...document.querySelectorAll('dialog input')].some((one) => one.value.length === 31))
  assert.equal(await code.inputValue(), '11430100TB000001X13432099001000')
  await shot(page, 'item after a base item')
  await page.setViewportSize(PHONE)
  await shot(page, 'item after a base item phone')
  await page.goto('/admin/base-items')
  await settled(page)
  await shot(page, 'base items phone')
  await page.goto('/admin/base-items/432099001000')
  await page.getByText('长沙市人力资源和社会保障局').waitFor()
  await shot(page, 'base item phone')
})
