/** One application from the citizen's search to his rating, on a computer and on a phone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { press, shot, signIn, visit } from './city.mjs'
import { act, mark, openCase, toDesk } from './desk.mjs'
import * as registration from './registration.mjs'
import { ITEM, OFFICE, PROOF } from './scenes.mjs'
import { say } from './texts.mjs'

const { button, heading } = registration

const WAYS = [
  { name: 'PC', citizen: 'citizen1', phone: false },
  { name: 'phone', citizen: 'citizen2', phone: true },
]

for (const { name, citizen, phone } of WAYS) {
  test(`an application travels through intake, centre and department and back: ${name}`, async (t) => {
    const home = await visit(t, { phone })
    const stranger = await visit(t, { phone })
    const clerk = await visit(t)
    const head = await visit(t)
    const asked = { home, stranger, clerk, head, name }

    const receipt = await apply(home, citizen, name)
    await press(home.getByRole('link', { name: say('application', 'receipt.case') }))
    // The department has it at once: there is no pre-review for this item.
    await shows(home, 'received')
    await progress(stranger, receipt, 'received')

    await toDesk(clerk, 'clerk_hr')
    await toDesk(head, 'head_hr')
    await correction(asked, receipt)
    await examination(asked, receipt)
    await papers(home, receipt)
    await rate(home)
    await shot(home, `journey ${name} end`, { fullPage: true })
    await progress(stranger, receipt, 'delivered')
    await shot(stranger, `journey ${name} progress`)
  })
}

async function apply(page, citizen, name) {
  await registration.clearDrafts(citizen)
  await registration.findByInitials(page)
  await registration.answerSituation(page)
  await press(button(page, say('guide', 'apply')).locator('visible=true').first())
  // Applying needs an account: the way leads through the login and back, the answers come along.
  await signIn(page, citizen)
  await heading(page, say('wizard', 'apply.title', { item: ITEM.name })).waitFor()
  assert.ok(await page.getByRole('radio', { name: '没有工作，想找工作' }).isChecked(), 'answers kept over the login')
  await press(button(page, say('wizard', 'apply.start')))
  await heading(page, say('wizard', 'list.title')).waitFor()
  await shot(page, `journey ${name} tasks`)
  await press(button(page, say('wizard', 'list.go_on')))
  await registration.fillForm(page)
  await registration.upload(page)
  await shot(page, `journey ${name} materials`, { fullPage: true })
  await press(button(page, say('wizard', 'next')))
  await shot(page, `journey ${name} check`, { fullPage: true })
  return registration.submit(page)
}

/** The state on the citizen's open page, and that it got there by itself. */
async function shows(page, state, sentence) {
  const standing = page.locator('.standing')
  await standing.locator('.badge').getByText(say('application', `state.${state}`), { exact: true }).waitFor()
  if (sentence) await standing.getByText(sentence).waitFor()
}

/** The inbox has a message about this case that says so; the case page stays open behind it. */
async function tells(page, words) {
  const inbox = await page.context().newPage()
  await inbox.goto('/messages')
  const about = inbox.locator(`a[href="${new URL(page.url()).pathname}"]`)
  await inbox.getByRole('listitem').filter({ has: about, hasText: words }).first().waitFor()
  await inbox.close()
}

async function progress(page, { number, password }, state) {
  await page.goto('/progress')
  await page.getByLabel(say('progress', 'number')).fill(number)
  await page.getByLabel(say('progress', 'password')).fill(password)
  await press(button(page, say('progress', 'submit')))
  await heading(page, say('progress', 'result')).waitFor()
  await page.locator('.badge').getByText(say('application', `state.${state}`), { exact: true }).waitFor()
  const applicant = page.locator('dl div', { has: page.getByText(say('progress', 'applicant'), { exact: true }) }).getByRole('definition')
  assert.match(await applicant.innerText(), /^.\*例$/, 'a stranger sees the name masked')
}

async function correction({ home, clerk, name }, { number }) {
  await openCase(clerk, number)
  await shot(clerk, `journey ${name} desk case`)
  await mark(clerk, 'materials', PROOF.name, '未加盖单位公章')
  await mark(clerk, 'form', '详细地址', '缺少楼栋和房号')
  await act(clerk, 'request_correction')
  await shows(home, 'correcting')
  await home.getByText('缺少楼栋和房号').first().waitFor()
  await tells(home, '补正')
  await press(home.getByRole('link', { name: say('application', 'go.correct') }))
  await heading(home, say('wizard', 'correct.title', { item: ITEM.name })).waitFor()
  await home.getByText(say('wizard', 'correct.reason', { department: OFFICE })).waitFor()

  // Nothing can be entered but the listed address, the listed material and a remark.
  const inputs = await home.getByRole('main').locator('input, select, textarea').evaluateAll((all) => all.map((one) => one.type))
  assert.deepEqual(inputs.toSorted(), ['file', 'text', 'textarea'])
  await shot(home, `journey ${name} correct`, { fullPage: true })
  await home.getByLabel('详细地址').fill('八一路 1 号 2 栋 301 室')
  await registration.upload(home, '离职证明（盖章）.jpg')
  await press(button(home, say('wizard', 'correct.submit')))
  await shows(home, 'received')
  await openCase(clerk, number)
  await clerk.getByText(say('case', 'process.changed', { names: '' })).filter({ hasText: '详细地址' }).filter({ hasText: PROOF.name }).waitFor()
}

async function examination({ home, clerk, head, name }, { number }) {
  const turns = [
    { who: clerk, action: 'accept', state: 'examining', message: '受理' },
    { who: clerk, action: 'step_pass', opinion: '材料齐全，符合法定形式。', state: 'examining', message: '初审' },
    { who: head, action: 'step_pass', opinion: '同意。', state: 'examining', message: '复核' },
    { who: head, action: 'decide_granted', opinion: '准予登记。', state: 'decided', message: '决定' },
    { who: clerk, action: 'close', state: 'closed', message: '办结' },
    { who: clerk, action: 'deliver', state: 'delivered', message: '送达' },
  ]
  for (const { who, action, opinion, state, message } of turns) {
    await openCase(who, number)
    if (action === 'decide_granted') await shot(who, `journey ${name} desk decide`)
    await act(who, action, opinion)
    await shows(home, state)
    await tells(home, message)
  }
}

/** Acceptance notice and decision: real PDFs of this very case. */
async function papers(page, { number }) {
  const links = await page.getByRole('link', { name: /^查看.+（在新窗口打开）$/ }).all()
  const titles = []
  for (const link of links) {
    titles.push(await link.getAttribute('aria-label'))
    const answer = await page.request.get(await link.getAttribute('href'))
    const bytes = await answer.body()
    assert.equal(bytes.subarray(0, 4).toString(), '%PDF', `${answer.status()} ${titles.at(-1)}`)
    assert.ok((await textOf(bytes)).includes(number), `${titles.at(-1)} names the case`)
  }
  for (const kind of ['受理', '决定']) assert.ok(titles.some((title) => title.includes(kind)), `${kind} among ${titles}`)
}

async function textOf(bytes) {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  const pages = await Promise.all(Array.from({ length: document.numPages }, (_, at) => document.getPage(at + 1)))
  const texts = await Promise.all(pages.map((page) => page.getTextContent()))
  return texts.flatMap(({ items }) => items.map((item) => item.str)).join('').replaceAll(/\s/g, '')
}

async function rate(page) {
  await registration.choice(page, say('application', 'rating.level'), '非常满意').check()
  await page.getByRole('checkbox', { name: '服务热情' }).check()
  await press(button(page, say('application', 'rating.submit')))
  await page.getByText(/您已于 .+ 评价：非常满意/).waitFor()
}
