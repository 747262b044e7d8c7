/** The vault of materials: a second application of the same person needs no upload. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person, photograph, press, settled, shot, visit } from './city.mjs'
import { button, clearDrafts, heading, submit } from './registration.mjs'
import { drafted, PROOF } from './scenes.mjs'
import { say } from './texts.mjs'

const INTAKE = '/api/v1/intake/applications'
const VAULT = '/api/v1/intake/vault/documents'
const CARD = { code: '11430100TB000001X13432099003000', name: '社会保障卡申领', situation: { card: 'none', age: 'adult' } }
const BOOK = { code: '11430102TB000008714432099005000', name: '就业创业证申领', situation: { person: 'registered', kind: 'new' } }
const PHOTO = '近期免冠照片'

const portrait = () =>
  photograph('<div style="width:420px;height:560px;background:#cfe0f2;position:relative"><div style="position:absolute;left:120px;top:90px;width:180px;height:220px;border-radius:50%;background:#e7c3a5"></div><div style="position:absolute;left:50px;top:340px;width:320px;height:220px;border-radius:160px 160px 0 0;background:#34495e"></div></div>')

async function village(citizen) {
  const found = await citizen.get('/api/v1/catalogue/divisions?parent=430102001')
  return { code: found.items[0].code, names: ['湖南省', '长沙市', '芙蓉区', '文艺路街道', found.items[0].name] }
}

async function draft(citizen, item, form) {
  const made = await citizen.post(INTAKE, { item_code: item.code, situation_answers: item.situation, channel: 'pc' })
  return citizen.put(`${INTAKE}/${made.id}/form`, { version: made.version, form: { ...made.form, ...form } })
}

const cardForm = async (citizen) => ({
  sex: 'male', nation: '汉族', category: 'resident', residence: await village(citizen), address: '八一路 1 号 2 栋 301 室',
  minor: 'no', kind: 'new', bank: 'icbc', delivery: 'counter',
})

const bookForm = async (citizen) => ({
  household: 'local', residence: await village(citizen), address: '八一路 1 号 2 栋 301 室', education: 'college', status: 'unemployed', medium: 'electronic',
})

/** An application with a photograph, handed in; the vault is empty before it. */
async function first(account) {
  const citizen = await person(account)
  await clearDrafts(account)
  for (const one of (await citizen.get(`${VAULT}?limit=100`)).items) await citizen.delete(`${VAULT}/${one.id}`)
  const open = await draft(citizen, CARD, await cardForm(citizen))
  const body = new FormData()
  body.set('requirement_id', 'photo')
  body.set('file', new Blob([await portrait()]), '证件照.jpg')
  await citizen.post(`${INTAKE}/${open.id}/materials`, body)
  return citizen.post(`${INTAKE}/${open.id}/submit`, { version: open.version })
}

const photo = (page) => page.getByRole('region', { name: PHOTO })

for (const { name, account, phone } of [{ name: 'PC', account: 'citizen1', phone: false }, { name: 'phone', account: 'citizen2', phone: true }]) {
  test(`a second application of the same person needs no upload: ${name}`, async (t) => {
    const given = await first(account)
    const citizen = await person(account)
    const second = await draft(citizen, BOOK, await bookForm(citizen))

    const page = await visit(t, { as: account, phone })
    const sent = []
    page.on('request', (request) => request.method() === 'POST' && request.url().includes('/materials') && sent.push(request.url()))
    await page.goto(`/applications/${second.id}/fill?step=materials`)
    await settled(page)
    await photo(page).getByText(/已从您的材料库带入：近期免冠照片（\d{4}-\d{2}-\d{2} 在“社会保障卡申领”中提交），可更换/).waitFor()
    await shot(page, `vault ${name} filled in`, { fullPage: true })

    // Replacing takes it out; it is offered again, and taken again without an upload.
    await press(button(photo(page), `${say('vault', 'replace')} ${PHOTO}`))
    await photo(page).getByText('您的材料库中有“近期免冠照片”').waitFor()
    await shot(page, `vault ${name} offered`, { fullPage: true })
    await press(button(photo(page), say('vault', 'take')))
    await photo(page).getByText('已从您的材料库带入').waitFor()
    await press(button(page, say('wizard', 'next')))
    await page.getByText(say('vault', 'read')).first().waitFor()
    const done = await submit(page)
    assert.deepEqual(sent, [], 'nothing was uploaded')

    await page.goto('/vault')
    await settled(page)
    await heading(page, PHOTO).waitFor()
    await press(page.getByText(say('vault', 'history')))
    await page.getByText(done.number).waitFor()
    await page.getByText(given.case_number).waitFor()
    await shot(page, `vault ${name} mine`, { fullPage: true })
  })
}

test('an expired paper is offered as expired, and taken only at a word', async (t) => {
  await first('citizen1')
  const page = await visit(t, { as: 'citizen1' })
  await page.goto('/vault')
  await settled(page)
  await press(button(page, say('vault', 'set_until_title', { name: PHOTO })))
  const dialog = page.getByRole('dialog', { name: say('vault', 'set_until_title', { name: PHOTO }) })
  await dialog.getByLabel(say('vault', 'until_label')).fill('2026-01-31')
  await shot(page, 'vault validity')
  await press(button(dialog, say('vault', 'save')))
  await page.getByText('有效期至 2026-01-31').waitFor()
  await shot(page, 'vault expired')

  const citizen = await person('citizen1')
  const second = await draft(citizen, BOOK, await bookForm(citizen))
  await page.goto(`/applications/${second.id}/fill?step=materials`)
  await settled(page)
  await photo(page).getByText('已于 2026-01-31 过期，没有自动带入').waitFor()
  await shot(page, 'vault expired offered', { fullPage: true })
  await press(button(photo(page), say('vault', 'take_over')))
  await photo(page).getByText('您选用了已过期的材料').waitFor()
  await shot(page, 'vault expired taken', { fullPage: true })
})

test('a paper is added, found by hand for another material, and deleted', async (t) => {
  const citizen = await person('citizen2')
  await first('citizen2')
  const page = await visit(t, { as: 'citizen2' })
  await page.goto('/vault')
  await settled(page)
  await press(button(page, say('vault', 'add')))
  const dialog = page.getByRole('dialog', { name: say('vault', 'add') })
  await press(button(dialog, say('vault', 'add')))
  await dialog.getByText(say('vault', 'name_missing')).waitFor()
  await shot(page, 'vault add wrong')
  await dialog.getByLabel(say('vault', 'name_label')).fill('毕业证书')
  await dialog.locator('input[type=file]').setInputFiles({ name: '毕业证书.jpg', mimeType: 'image/jpeg', buffer: await photograph('<h1>毕业证书</h1>') })
  await press(button(dialog, say('vault', 'add')))
  await heading(page, '毕业证书').waitFor()
  await shot(page, 'vault two')

  const open = await citizen.post(INTAKE, { item_code: BOOK.code, situation_answers: { person: 'graduate', kind: 'new' }, channel: 'pc' })
  await page.goto(`/applications/${open.id}/fill?step=materials`)
  await settled(page)
  const proof = page.getByRole('region', { name: '学信网学籍验证报告或者毕业证书' })
  await press(proof.getByRole('button', { name: say('vault', 'choose_title', { name: '学信网学籍验证报告或者毕业证书' }) }))
  const chooser = page.getByRole('dialog')
  await chooser.getByText('毕业证书.jpg').waitFor()
  await shot(page, 'vault choose')
  await press(button(chooser, `${say('vault', 'choose_this')} 毕业证书`))
  await proof.getByText('已从您的材料库带入：毕业证书').waitFor()

  await page.goto('/vault')
  await settled(page)
  await press(button(page, `${say('vault', 'delete')} 毕业证书`))
  await press(button(page.getByRole('dialog'), say('vault', 'delete')))
  await heading(page, '毕业证书').waitFor({ state: 'detached' })
  // The draft keeps what it has.
  await page.goto(`/applications/${open.id}/fill?step=materials`)
  await settled(page)
  await proof.getByText('已从您的材料库带入：毕业证书').waitFor()
  await citizen.delete(`${INTAKE}/${open.id}`)
})

test('a paper written for one application says that it is not kept', async (t) => {
  await clearDrafts('citizen2')
  const citizen = await person('citizen2')
  const open = await drafted('citizen2')
  const page = await visit(t, { as: 'citizen2' })
  await page.goto(`/applications/${open.id}/fill?step=materials`)
  await settled(page)
  await page.getByRole('region', { name: PROOF.name }).getByText(say('wizard', 'materials.once')).waitFor()
  await citizen.delete(`${INTAKE}/${open.id}`)
})
