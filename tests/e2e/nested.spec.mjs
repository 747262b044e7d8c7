/** Rows within rows with files in them: saved and resumed, handed in, and corrected in exactly one place. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person, photograph, press, settled, shot, until, visit } from './city.mjs'
import { button, clearDrafts, heading } from './registration.mjs'
import { handle, PICTURE, reached } from './scenes.mjs'
import { say } from './texts.mjs'

const INTAKE = '/api/v1/intake/applications'
const DESK = '/api/v1/approval/cases'
const ITEM = { code: '11430102TB0000116C4430199012000', name: '公共场所卫生许可' }
const PLACES = ['/staff/0/certificates/1/number', '/staff/0/certificates/1/scan']

const paper = (name, number) =>
  photograph(`<h1 style="text-align:center">从业人员健康合格证明</h1><p>姓名：${name}<br>证明编号：${number}<br>体检机构：芙蓉区疾病预防控制中心</p>`)

/** A draft in which only the staff is missing. */
async function begun(citizen) {
  await clearDrafts('agent1')
  const draft = await citizen.post(INTAKE, { item_code: ITEM.code, situation_answers: { place: 'beauty', air: 'no' }, channel: 'pc' })
  const villages = await citizen.get('/api/v1/catalogue/divisions?parent=430102001')
  const site_division = { code: villages.items[0].code, names: ['湖南省', '长沙市', '芙蓉区', '文艺路街道', villages.items[0].name] }
  const form = {
    ...draft.form, responsible_name: '陈示例', responsible_citizen_id: '110101199003070011', phone: '19900000003', place: 'beauty', site_division,
    site_address: '八一路 8 号', area: '120', water: 'public', air: 'no', disinfection: ['own'], officer: '刘示例',
  }
  const saved = await citizen.put(`${INTAKE}/${draft.id}/form`, { version: draft.version, form })
  for (const requirement of saved.materials.filter((one) => one.required && one.files.length === 0)) {
    const body = new FormData()
    body.set('requirement_id', requirement.id)
    body.set('file', new Blob([PICTURE]), `${requirement.name}.png`)
    await citizen.post(`${INTAKE}/${draft.id}/materials`, body)
  }
  return saved
}

const row = (page, ...titles) => titles.reduce((inside, title) => inside.getByRole('group', { name: title, exact: true }), page.getByRole('main'))
const add = (scope, title) => press(scope.getByRole('button', { name: say('form', 'add_row', { title }), exact: true }).last())

async function fillPerson(page, n, name, id) {
  const scope = row(page, `人员 ${n}`)
  await scope.getByLabel('姓名').fill(name)
  await scope.getByLabel('公民身份号码').fill(id)
  await scope.getByLabel('岗位').fill('美发师')
}

async function fillPaper(page, n, at, name, number) {
  const scope = row(page, `人员 ${n}`)
  await add(scope, '证明')
  const inner = row(page, `人员 ${n}`, `证明 ${at}`)
  await inner.getByLabel('证明编号').fill(number)
  await inner.getByLabel('体检机构').fill('芙蓉区疾病预防控制中心')
  await inner.getByLabel('有效期至').fill('2027-10-31')
  await inner.locator('input[type=file]').setInputFiles({ name: `${number}.jpg`, mimeType: 'image/jpeg', buffer: await paper(name, number) })
  await button(inner, say('ui', 'upload.remove', { name: `${number}.jpg` })).waitFor()
}

const saved = (page) => page.getByText(/已自动保存 /).waitFor()

/** What stands in the rows: names, numbers and files, in their order. */
const standing = (page) =>
  page.getByRole('main').evaluate((main) => ({
    names: [...main.querySelectorAll('input[id$="-name"][id^="field-staff"]')].map((one) => one.value),
    numbers: [...main.querySelectorAll('input[id$="-number"]')].map((one) => one.value),
    files: [...main.querySelectorAll('.upload .name')].map((one) => one.textContent),
  }))

test('rows of rows with files: saved, resumed, handed in, corrected in one place', async (t) => {
  const citizen = await person('agent1')
  const draft = await begun(citizen)
  const page = await visit(t, { as: 'agent1' })
  const fill = `/applications/${draft.id}/fill?step=form&section=staff`
  await page.goto(fill)
  await settled(page)
  const main = page.getByRole('main')
  await add(main, '人员')
  await fillPerson(page, 1, '刘示例', '11010519491231002X')
  await fillPaper(page, 1, 1, '刘示例', 'JK2026-0001')
  await fillPaper(page, 1, 2, '刘示例', 'JK2026-0002')
  await add(main, '人员')
  await fillPerson(page, 2, '田示例', '430102199307169986')
  await fillPaper(page, 2, 1, '田示例', 'JK2026-0003')
  // A row that is begun and empty is a row too.
  await add(main, '人员')
  await saved(page)
  const all = { names: ['刘示例', '田示例', ''], numbers: ['JK2026-0001', 'JK2026-0002', 'JK2026-0003'], files: ['JK2026-0001.jpg', 'JK2026-0002.jpg', 'JK2026-0003.jpg'] }
  assert.deepEqual(await standing(page), all)
  await shot(page, 'nested filling', { fullPage: true })

  // Another day, another window.
  await page.reload()
  await settled(page)
  await heading(page, '从业人员').waitFor()
  assert.deepEqual(await standing(page), all)
  const phone = await visit(t, { as: 'agent1', phone: true })
  await phone.goto(fill)
  await settled(phone)
  assert.deepEqual(await standing(phone), all)
  await shot(phone, 'nested phone', { fullPage: true })

  // The first person goes, and comes back in the end: everything else stays in its row.
  await press(button(page, say('form', 'remove_row_what', { title: '人员', n: 3 })))
  await saved(page)
  const { version } = await until('the rows on the server', async () => {
    const now = await citizen.get(`${INTAKE}/${draft.id}`)
    return now.form.staff?.length === 2 && now
  })
  const done = await citizen.post(`${INTAKE}/${draft.id}/submit`, { version })
  const clerk = await person('clerk_health')
  const found = await until('the case on the desk', async () => (await clerk.get(`${DESK}?q=${done.case_number}`)).items[0])
  const scene = { account: 'agent1', id: draft.id, number: done.case_number, caseId: found.id }

  const desk = await visit(t, { as: 'clerk_health' })
  await desk.goto(`/desk/cases/${scene.caseId}`)
  await settled(desk)
  await press(button(desk, say('case', 'head.unmask')))
  await press(desk.getByRole('tab', { name: say('case', 'tab.form') }))
  await desk.getByRole('heading', { name: '人员 1 · 证明 2' }).waitFor()
  await desk.getByText('JK2026-0002.jpg').first().waitFor()
  await desk.getByRole('heading', { name: '人员 1 · 证明 2' }).scrollIntoViewIfNeeded()
  await shot(desk, 'nested desk')
  const reason = '1. 人员 1 · 证明 2 · 证明编号：与扫描件不一致\n2. 人员 1 · 证明 2 · 扫描件：看不清，请重新上传'
  await handle(scene, ['request-correction', { fields: PLACES, materials: [], reason }, 'clerk_health'])
  await reached(scene, 'correcting')
  await correct(t, page, scene, desk)
})

async function correct(t, page, scene, desk) {
  await page.goto(`/applications/${scene.id}/correct`)
  await settled(page)
  await page.getByText('与扫描件不一致').first().waitFor()
  const inputs = await page.getByRole('main').locator('input, select, textarea').evaluateAll((some) => some.map((one) => one.id || one.type))
  assert.deepEqual(inputs.filter((id) => id.startsWith('field')), ['field-staff-0-certificates-1-number', 'field-staff-0-certificates-1-scan'])
  assert.equal(inputs.length, 3, 'one number, one scan, one remark')
  await shot(page, 'nested correction', { fullPage: true })

  const inner = row(page, '人员 1', '证明 2')
  await inner.getByLabel('证明编号').fill('JK2026-0022')
  await saved(page)
  // On the phone, the same correction goes on from there; back on the computer its newest values stand there.
  const phone = await visit(t, { as: 'agent1', phone: true })
  await phone.goto(`/applications/${scene.id}/correct`)
  await settled(phone)
  const there = row(phone, '人员 1', '证明 2')
  assert.equal(await there.getByLabel('证明编号').inputValue(), 'JK2026-0022')
  await there.getByLabel('证明编号').fill('JK2026-0222')
  await saved(phone)
  await shot(phone, 'nested correction phone', { fullPage: true })
  await press(page.getByRole('link', { name: ITEM.name, exact: true }))
  await page.waitForURL(`**/applications/${scene.id}`)
  await page.goBack()
  await page.waitForURL('**/correct')
  await settled(page)
  await until('the newest number', async () => (await inner.getByLabel('证明编号').inputValue()) === 'JK2026-0222')

  await inner.locator('input[type=file]').setInputFiles({ name: 'JK2026-0222.jpg', mimeType: 'image/jpeg', buffer: await paper('刘示例', 'JK2026-0222') })
  await button(inner, say('ui', 'upload.remove', { name: 'JK2026-0222.jpg' })).waitFor()
  await press(button(inner, say('ui', 'upload.remove', { name: 'JK2026-0002.jpg' })))
  await press(button(page.getByRole('dialog'), say('ui', 'upload.remove_sure')))
  await press(button(page, say('wizard', 'correct.submit')))
  await page.locator('.standing').getByText(say('application', 'state.received'), { exact: true }).waitFor()

  await desk.goto(`/desk/cases/${scene.caseId}`)
  await settled(desk)
  await press(button(desk, say('case', 'head.unmask')))
  await press(desk.getByRole('tab', { name: say('case', 'tab.form') }))
  await desk.getByText('JK2026-0222.jpg').first().waitFor()
  await desk.getByText(say('case', 'process.changed', { names: '' })).filter({ hasText: '人员 1 · 证明 2 · 证明编号' }).first().waitFor()
  const clerk = await person('clerk_health')
  const { answers } = await clerk.get(`${DESK}/${scene.caseId}?unmask=true`)
  assert.deepEqual(answers.staff.map((one) => one.certificates.map((it) => it.number)), [['JK2026-0001', 'JK2026-0222'], ['JK2026-0003']])
  await shot(desk, 'nested desk corrected', { fullPage: true })
}
