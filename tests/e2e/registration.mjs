/** 失业登记 as a citizen goes through it on the pages: each step does one page and leaves it. */
import { person, press } from './city.mjs'
import { ITEM, PROOF, proof } from './scenes.mjs'
import { say } from './texts.mjs'

const SITUATION = [
  ['您目前是哪种情况？', '没有工作，想找工作'],
  ['您现在常住在哪里？', '芙蓉区，户籍也在芙蓉区'],
  ['您为什么失业？', '与用人单位终止或者解除劳动关系'],
]
const ADDRESS = [['level.district', '芙蓉区'], ['level.town', '文艺路街道'], ['level.community', '文艺新村社区居委会']]

export const button = (page, name) => page.getByRole('button', { name, exact: true })
export const heading = (page, name) => page.getByRole('heading', { name, exact: true })
export const choice = (page, question, answer) =>
  page.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true })

/** Drafts of earlier tests are out of the way. */
export async function clearDrafts(account) {
  const citizen = await person(account)
  const drafts = await citizen.get('/api/v1/intake/applications?state=draft&limit=100')
  for (const draft of drafts.items) await citizen.delete(`/api/v1/intake/applications/${draft.id}`)
}

/** Home → suggestions for `sydj` → the guide. */
export async function findByInitials(page) {
  await page.goto('/')
  await page.getByRole('combobox', { name: say('item', 'search.label') }).first().pressSequentially('sydj')
  const suggestion = page.getByRole('option').first()
  await suggestion.getByText(ITEM.name).waitFor()
  await press(suggestion)
  await page.getByRole('heading', { name: ITEM.name, level: 1 }).waitFor()
}

export async function answerSituation(page) {
  for (const [question, answer] of SITUATION) await choice(page, question, answer).check()
}

/** The address one level after the other, down to the community. */
export async function chooseAddress(page, steps = ADDRESS) {
  for (const [level, name] of steps) {
    await page.getByRole('combobox', { name: say('form', level) }).selectOption({ label: name })
  }
}

/** The person: most of it stands there already, from the account. */
export async function fillPerson(page) {
  await heading(page, '申请人基本情况').waitFor()
  // From the account, and no field to change it.
  await page.getByText(say('form', 'verified')).first().waitFor()
  await choice(page, '户籍', '芙蓉区户籍').check()
  await chooseAddress(page)
  await page.getByLabel('详细地址').fill('八一路 1 号')
  await page.getByRole('combobox', { name: '学历' }).selectOption({ label: '大学专科' })
}

export async function fillUnemployment(page) {
  await heading(page, '失业情况').waitFor()
  await choice(page, '以前是否就业过', '是').check()
  await page.getByLabel('原工作单位', { exact: true }).fill('长沙市示例机械制造有限公司')
  await page.getByLabel('失业日期').fill('2026-10-31')
  await page.getByRole('combobox', { name: '失业原因' }).selectOption({ label: '劳动合同期满终止' })
}

export async function fillIntention(page) {
  await heading(page, '求职与培训意愿').waitFor()
  await page.getByLabel('希望从事的职业').fill('会计')
  await page.getByRole('checkbox', { name: '职业介绍' }).check()
}

/** The three pages of the form, from the first to the page of materials. */
export async function fillForm(page) {
  await fillPerson(page)
  await press(button(page, say('form', 'next')))
  await fillUnemployment(page)
  await press(button(page, say('form', 'next')))
  await fillIntention(page)
  await press(button(page, say('wizard', 'form_done')))
  await heading(page, say('wizard', 'step.materials')).waitFor()
}

/** Uploads and waits until the file can be removed again, that is, is stored. */
export async function upload(page, name = '离职证明.jpg') {
  const file = await proof(name)
  await page.getByRole('region', { name: PROOF.name }).locator('input[type=file]').setInputFiles(file)
  await button(page, say('ui', 'upload.remove', { name })).waitFor()
}

/** From the last page to the receipt; gives the case number and the query password. */
export async function submit(page) {
  await heading(page, say('wizard', 'step.check')).waitFor()
  await page.getByRole('checkbox', { name: say('wizard', 'check.promise') }).check()
  await press(button(page, say('wizard', 'check.submit')))
  await heading(page, say('application', 'receipt.title')).waitFor()
  const [number, password] = await Promise.all(['receipt.number', 'receipt.password'].map((key) => receiptOf(page, key)))
  return { number: number.replaceAll(' ', ''), password }
}

function receiptOf(page, key) {
  return page.locator('dl div', { has: page.getByText(say('application', key), { exact: true }) }).getByRole('definition').innerText()
}
