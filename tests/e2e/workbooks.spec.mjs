/** Lists as Excel workbooks: handed out, filled in by another program, told row by row, taken in. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { expects, PHONE, settled, shot, visit } from './city.mjs'
import { say } from './texts.mjs'
import { workbook } from './xlsx.mjs'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const HEADINGS = ['基本编码', '事项名称', '事项类型', '主管条线', '行使层级', '法定时限', '设定依据']
const t = (key, args) => say('import', key, args)

async function tryOut(page, name, buffer) {
  await page.setInputFiles('input[type=file]', { name, mimeType: XLSX, buffer })
  await page.getByRole('button', { name: t('try'), exact: true }).click()
}

test('what is exported as a workbook is one that the import reads', async (context) => {
  const page = await visit(context, { as: 'admin' })
  await page.goto('/admin/base-items')
  await settled(page)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: say('base-item', 'export.xlsx'), exact: true }).click(),
  ])
  assert.equal(file.suggestedFilename(), 'base-items.xlsx')
  const bytes = await readFile(await file.path())
  await shot(page, 'base items with excel')

  await page.goto('/admin/import?tab=base')
  await settled(page)
  await tryOut(page, 'base-items.xlsx', bytes)
  await page.getByText(t('report.dry'), { exact: true }).waitFor()
  await page.getByText(t('report.none'), { exact: true }).waitFor()
  await shot(page, 'workbook read again')

  await page.goto('/admin/items')
  await settled(page)
  const [list] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: say('manage-item', 'export.xlsx'), exact: true }).click(),
  ])
  assert.equal(list.suggestedFilename(), 'items.xlsx')
})

test('a workbook of another program is told by its cells and taken in without its bad rows', async (context) => {
  const page = await visit(context, { as: 'admin' })
  await page.goto('/admin/import?tab=base')
  await settled(page)
  const file = workbook([
    ['××市基本目录（征求意见稿）'],
    HEADINGS,
    ['430199098000', '校车驾驶资格许可', '行政许可', '公安', '县级', '20个工作日', '《校车安全管理条例》第二十三条；第二十四条'],
    [1.14301e30, '编码成了数字', '行政许可'],
    ['430199098002', '', '行政许可'],
    [430199098003, '编码是数字但没有丢', '行政许可'],
  ])
  await tryOut(page, 'list.xlsx', file)
  await page.getByText(t('report.dry'), { exact: true }).waitFor()
  await page.getByText('A4 单元格的编码已被表格软件改成数字').waitFor()
  assert.equal(await page.getByRole('row').filter({ hasText: t('report.rejected') }).count(), 2)
  await shot(page, 'workbook tried')
  await page.setViewportSize(PHONE)
  await shot(page, 'workbook tried phone')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: t('go'), exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: t('go'), exact: true }).click()
  await page.getByText(t('report.real'), { exact: true }).waitFor()
  await page.goto('/admin/base-items/430199098000')
  await page.getByRole('tab', { name: new RegExp(`^${say('base-item', 'tab.content')}`) }).click()
  await settled(page)
  await page.getByText('校车安全管理条例', { exact: true }).click()
  assert.equal(await page.getByLabel(say('manage-item', 'field.article'), { exact: true }).first().inputValue(), '第二十三条；第二十四条')
})

test('an old workbook and one under a password are refused with what to do', async (context) => {
  const page = await visit(context, { as: 'admin' })
  expects(page, /422 .*base-items\/import/)
  await page.goto('/admin/import?tab=base')
  await settled(page)
  const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)])
  await tryOut(page, 'old.xlsx', old)
  await page.getByText('旧版 Excel 文件').waitFor()
  await shot(page, 'old workbook')
  await tryOut(page, 'locked.xlsx', Buffer.concat([old, Buffer.from('EncryptedPackage', 'utf16le')]))
  await page.getByText('工作簿设有密码').waitFor()
})
