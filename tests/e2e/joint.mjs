/** 开办餐饮店: the sample matter of three departments, its answers, and how each department handles its case. */
import { person, until } from './city.mjs'
import { PICTURE } from './scenes.mjs'

export const JOINT = { code: 'YJS-430102-0001', name: '开办餐饮店' }
const INTAKE = '/api/v1/intake/applications'
const DESK = '/api/v1/approval/cases'

export const ITEMS = {
  food: { name: '食品经营许可', clerk: 'clerk_market', head: 'head_market', steps: ['clerk', 'clerk', 'head'] },
  fire: { name: '公众聚集场所投入使用、营业前消防安全检查', clerk: 'clerk_fire', head: 'head_fire', steps: ['clerk', 'clerk', 'head'] },
  sign: { name: '规范户外招牌设施设置', clerk: 'clerk_urban', head: 'head_urban', steps: ['clerk', 'head'] },
}

export const SITUATION = [
  ['营业执照办好了吗？', '已经办好'],
  ['店面建筑面积有多大？', '300 平方米及以上'],
  ['要设置门头招牌吗？', '设置'],
  ['店面是怎样取得的？', '租用'],
  ['由谁办理？', '法定代表人（负责人）本人'],
]

const FORM = {
  responsible_name: '陈示例', site_address: '八一路 88 号一楼', area: '420', food_responsible_citizen_id: '430102198511099992',
  food_kitchen_area: '90', food_storage: 'no', food_business: 'catering', food_catering_projects: ['hot', 'cold'], food_network: 'no', food_seats: '160',
  food_staff: [{ name: '李示例', citizen_id: '430102195803129993', post: 'officer', direct_food: 'no' }],
  fire_floor: '1 层', fire_decorated: 'yes', fire_safety_manager: '李示例', fire_exits: '3', fire_facilities: ['extinguisher', 'light'], fire_gas: 'yes',
  sign_words: '样例湘菜馆', sign_width: '6', sign_height: '1.2', sign_light: 'inner', sign_maintainer: '李示例',
}

/** Fills in the joint form and gives the files, each once. */
export async function fillIn(account, id) {
  const owner = await person(account)
  const draft = await owner.get(`${INTAKE}/${id}`)
  const towns = await owner.get('/api/v1/catalogue/divisions?parent=430102001')
  const site_division = { code: towns.items[0].code, names: ['湖南省', '长沙市', '芙蓉区', '文艺路街道', towns.items[0].name] }
  await owner.put(`${INTAKE}/${id}/form`, { version: draft.version, form: { ...draft.form, ...FORM, site_division } })
  for (const material of draft.materials.filter((one) => one.required)) {
    const body = new FormData()
    body.set('requirement_id', material.id)
    body.set('file', new Blob([PICTURE]), `${material.name}.png`)
    await owner.post(`${INTAKE}/${id}/materials`, body)
  }
}

/** The case of one item on the desk of its department. */
export async function caseOf(key, number) {
  const clerk = await person(ITEMS[key].clerk)
  return until(`case ${number} on the desk`, async () => (await clerk.get(`${DESK}?q=${number}`)).items[0])
}

/** Runs commands on a case, each by the clerk unless the head is named. */
export async function run(key, id, ...commands) {
  for (const [command, body, who = 'clerk'] of commands) {
    const staff = await person(ITEMS[key][who])
    const { version } = await staff.get(`${DESK}/${id}`)
    await staff.post(`${DESK}/${id}/${command}`, { version, ...body })
  }
}

/** A whole that was handed in without a page: its id, its number, its parts with their cases on the desks. */
export async function applied(account) {
  const owner = await person(account)
  const situation_answers = { licence: 'yes', size: 'large', sign: 'yes', premises: 'leased', agent: 'self' }
  const { id } = await owner.post(INTAKE, { item_code: JOINT.code, situation_answers, channel: 'pc' })
  await fillIn(account, id)
  const { version } = await owner.get(`${INTAKE}/${id}`)
  const { case_number, parts } = await owner.post(`${INTAKE}/${id}/submit`, { version })
  const cases = {}
  for (const [key, item] of Object.entries(ITEMS)) {
    const part = parts.find((one) => one.item_name === item.name)
    cases[key] = { ...part, caseId: (await caseOf(key, part.case_number)).id }
  }
  return { id, number: case_number, cases }
}

/** The lead office sends what the departments have given, once all of it is there. */
export async function sendAll(number) {
  const lead = await person(ITEMS.food.clerk)
  const matter = `/api/v1/approval/joint-matters/${number}`
  const { version } = await until('all parts', async () => {
    const found = await lead.get(matter)
    return found.ready ? found : undefined
  })
  await lead.post(`${matter}/send`, { version })
}

/** What a department says to the application, as its part of the one answer: from its arrival on. */
export async function answer(key, id, ...command) {
  const staff = await person(ITEMS[key].clerk)
  const { state } = await staff.get(`${DESK}/${id}`)
  if (state === 'submitted') await run(key, id, ['receive', {}])
  await run(key, id, command)
}

/** Its part: that it can be accepted. */
export const accept = (key, id) => answer(key, id, 'accept', {})

/** Examination, decision, delivery. */
export async function grant(key, id) {
  const steps = ITEMS[key].steps.map((who) => ['step', { outcome: 'pass', opinion: '符合条件。' }, who])
  await run(key, id, ...steps, ['decide', { result: 'granted', reason: '符合条件，准予。' }, 'head'], ['close', {}], ['deliver', { way: 'online' }])
}
