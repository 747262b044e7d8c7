/** Short messages at the simulated operator, ratings by reply, and ratings by phone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, PHONE, person, press, settled, shot, until, visit } from './city.mjs'
import { button } from './registration.mjs'
import { handle, OFFICE, reached, submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const s = (key, args) => say('sms', key, args)
const r = (key, args) => say('rectification', key, args)
const WISHES = '/api/v1/interaction/sms-wishes'
const UNSAID = { progress: true, result: false, rating: false }

/** A case that has come to its end. */
async function ended(account) {
  const scene = await submitted(account)
  await handle(
    scene,
    ['accept', {}], ['step', { outcome: 'pass', opinion: '材料齐全。' }], ['step', { outcome: 'pass', opinion: '同意。' }, 'head_hr'],
    ['decide', { result: 'granted', reason: '符合条件。' }, 'head_hr'], ['close', {}], ['deliver', { way: 'online' }],
  )
  return reached(scene, 'delivered')
}

/** The message of a kind about a case. */
const entry = (page, scene, kind) => page.getByRole('article').filter({ hasText: scene.number }).filter({ hasText: s(`kind.${kind}`) })

const rated = (scene) => until(`${scene.number} rated`, async () => {
  const citizen = await person(scene.account)
  return (await citizen.get(`/api/v1/intake/applications/${scene.id}`)).rating
})

test('a citizen wishes to be asked, and a reply from the phone is the rating', async (t) => {
  const citizen = await visit(t, { as: 'citizen1', phone: true })
  await citizen.goto('/profile')
  const wishes = citizen.getByRole('group', { name: s('wish.label') })
  await wishes.getByRole('checkbox', { name: s('wish.rating') }).check()
  await press(button(citizen, s('wish.save')))
  await citizen.getByRole('status').filter({ hasText: s('wish.kept') }).waitFor()
  await shot(citizen, 'sms wishes 390', { fullPage: true })
  t.after(async () => (await person('citizen1')).put(WISHES, UNSAID))
  const scene = await ended('citizen1')

  const admin = await visit(t, { as: 'admin' })
  await admin.goto('/admin/sms')
  await admin.getByText(s('simulated')).first().waitFor()
  const asked = entry(admin, scene, 'rating_asked')
  await asked.getByText('请回复一个数字评价').waitFor()
  await settled(admin)
  await shot(admin, 'sms sent 1440', { fullPage: true })

  const answer = async (words) => {
    await asked.getByLabel(s('reply.label')).fill(words)
    await press(button(asked, s('reply.send')))
    await asked.getByText(s('reply.said', { words })).waitFor()
  }
  await answer('谢谢')
  await entry(admin, scene, 'rating_help').getByText('没有读懂您的回复').waitFor()
  await answer('4 满意')
  assert.equal((await rated(scene)).level, 4)
  await admin.setViewportSize(PHONE)
  await settled(admin)
  await shot(admin, 'sms sent 390')
})

test('a rating given by phone is taken down once it is certain who is calling', async (t) => {
  const scene = await ended('citizen1')
  const page = await visit(t, { as: 'operator_city' })
  await page.goto('/desk/hotline')
  const submit = button(page, r('hotline.submit'))
  await press(submit)
  await page.getByText(r('hotline.number_missing')).waitFor()
  await page.getByLabel(r('hotline.number')).fill(scene.number)
  await page.getByLabel(r('hotline.tail')).fill('000000')
  await page.getByRole('radio', { name: r('level.5'), exact: true }).check()
  expects(page, /422/)
  await press(submit)
  await page.getByText('核对号码与办件申请人不符').waitFor()
  await shot(page, 'hotline refused 1440')
  await page.getByLabel(r('hotline.tail')).fill('169986')
  await press(submit)
  await page.getByRole('status').filter({ hasText: r('hotline.taken') }).waitFor()
  assert.equal((await rated(scene)).level, 5)
})

test('a citizen appraises an office, and the centre reads the words before the public does', async (t) => {
  const p = (key) => say('rates', key)
  const words = `窗口引导清楚，建议增加座椅 ${Date.now() % 10_000}`
  const citizen = await visit(t, { as: 'citizen2' })
  await citizen.goto('/rating')
  await citizen.getByLabel(p('appraisal.office')).selectOption({ label: OFFICE })
  await citizen.getByRole('group', { name: p('appraisal.level') }).getByRole('radio', { name: r('level.4'), exact: true }).check()
  await citizen.getByLabel(p('appraisal.words')).fill(words)
  await press(button(citizen, p('appraisal.submit')))
  await citizen.getByRole('status').filter({ hasText: p('appraisal.thanks_words') }).waitFor()
  const centre = await visit(t, { as: 'operator_city' })
  await centre.goto('/desk/words')
  const list = centre.getByRole('region', { name: r('words.appraisals') })
  await list.getByText(words).first().waitFor()
  await shot(centre, 'appraisal words 1440', { fullPage: true })
  await press(button(list, r('words.publish')))
  await list.getByText(r('words.appraisals_empty')).waitFor()
  await citizen.reload()
  await citizen.getByText(words).waitFor()
  await settled(citizen)
  await shot(citizen, 'rating with appraisals 1440', { fullPage: true })
})
