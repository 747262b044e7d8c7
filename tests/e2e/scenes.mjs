/** Cases in a wanted state, made through the API where the way there is not what a test is about. */
import { person, photograph, until } from './city.mjs'

export const ITEM = { code: '11430102TB000008714432099001000', name: '失业登记' }
export const OFFICE = '芙蓉区人力资源和社会保障局'
export const CIVIL = '芙蓉区民政局'
export const PROOF = { id: 'termination_proof', name: '终止或者解除劳动关系证明' }

const INTAKE = '/api/v1/intake/applications'
const DESK = '/api/v1/approval/cases'

/** The smallest picture that is one. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let sheet
/** The proof as people bring it: a photograph of a sheet of paper. */
export async function proof(name = '离职证明.jpg') {
  sheet ??= photograph(`<h1 style="text-align:center">终止劳动合同证明</h1>
    <p>兹证明张示例于 2023 年 11 月 1 日至 2026 年 10 月 30 日在本单位任机械装配工，劳动合同期满终止，双方已办结工作交接。</p>
    <p style="text-align:right">长沙市示例机械制造有限公司<br>2026 年 10 月 30 日</p>`)
  return { name, mimeType: 'image/jpeg', buffer: await sheet }
}

const ANSWERS = {
  household: 'local',
  residence: { code: '430102001001', names: [] },
  address: '八一路 1 号 2 栋 301 室',
  education: 'college',
  worked_before: 'yes',
  employer: '长沙市示例机械制造有限公司',
  lost_on: '2026-10-31',
  reason: 'contract_ended',
}

/** A draft with its situation answered and nothing else. */
export async function drafted(account = 'citizen1') {
  const citizen = await person(account)
  const situation_answers = { status: 'jobless', residence: 'local', reason: 'employer' }
  return citizen.post(INTAKE, { item_code: ITEM.code, situation_answers, channel: 'pc' })
}

/** A draft that could be submitted. */
export async function filled(account = 'citizen1', file = { name: '离职证明.png', buffer: PICTURE }) {
  const citizen = await person(account)
  const draft = await drafted(account)
  const towns = await citizen.get('/api/v1/catalogue/divisions?parent=430102001')
  const residence = { code: towns.items[0].code, names: ['湖南省', '长沙市', '芙蓉区', '文艺路街道', towns.items[0].name] }
  const form = { ...draft.form, ...ANSWERS, residence }
  await citizen.put(`${INTAKE}/${draft.id}/form`, { version: draft.version, form })
  const body = new FormData()
  body.set('requirement_id', PROOF.id)
  body.set('file', new Blob([file.buffer]), file.name)
  await citizen.post(`${INTAKE}/${draft.id}/materials`, body)
  return citizen.get(`${INTAKE}/${draft.id}`)
}

/** A draft with which an assistant helps; with consent where it says what for. */
export async function helped(may) {
  const citizen = await person('citizen1')
  const draft = await filled()
  const asked = await citizen.post('/api/v1/intake/assist-requests', { application_id: draft.id, reason: '不会用手机填写', phone: '19900000001', place: 'online' })
  const assistant = await person('assistant_district')
  const request = await assistant.post(`/api/v1/intake/assist-desk/requests/${asked.id}/take`, { version: asked.version })
  const until_on = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
  if (may) await citizen.put(`${INTAKE}/${draft.id}/assist-consent`, { may, until_on })
  return { draft, request }
}

/** A submitted application, with the id of its case on the desk. */
export async function submitted(account = 'citizen1', file) {
  const citizen = await person(account)
  const draft = await filled(account, file)
  const { id, case_number, query_password } = await citizen.post(`${INTAKE}/${draft.id}/submit`, { version: draft.version })
  return { account, id, number: case_number, password: query_password, caseId: await onDesk('clerk_hr', case_number) }
}

/** A question to the civil affairs department about a case; it may look at form and proof. */
export async function asked(scene) {
  const clerk = await person('clerk_hr')
  const departments = (await clerk.get('/api/v1/catalogue/departments?limit=100')).items
  const { code } = departments.find((one) => one.name === CIVIL)
  const body = { departments: [code], words: '请核实申请人是否正在享受最低生活保障。', days: 3, with_form: true, materials: [PROOF.id] }
  const [opinion] = await clerk.post(`${DESK}/${scene.caseId}/opinions`, body)
  return opinion
}

const COUNTER = '/api/v1/intake/counter/applications'
/** citizen1, as he stands at a counter. */
const STANDING_THERE = { organisation: false, name: '张示例', id_number: '430102199307169986', phone: '19900000001' }

/** A draft that a counter has begun for citizen1. */
export async function begun(account = 'counter_district', item_code = ITEM.code, situation_answers = { status: 'jobless', residence: 'local', reason: 'employer' }) {
  const clerk = await person(account)
  return clerk.post(COUNTER, { item_code, situation_answers, applicant: STANDING_THERE, id_checked: true })
}

/** What a counter has taken in for citizen1; `papers`: requirements whose paper it keeps. */
export async function takenIn(account = 'counter_district', papers = []) {
  const clerk = await person(account)
  const draft = await begun(account)
  const towns = await clerk.get('/api/v1/catalogue/divisions?parent=430102001')
  const residence = { code: towns.items[0].code, names: ['湖南省', '长沙市', '芙蓉区', '文艺路街道', towns.items[0].name] }
  const saved = await clerk.put(`${COUNTER}/${draft.id}/form`, { version: draft.version, form: { ...draft.form, ...ANSWERS, residence } })
  const body = new FormData()
  body.set('requirement_id', PROOF.id)
  body.set('file', new Blob([PICTURE]), '扫描件.png')
  await clerk.post(`${COUNTER}/${draft.id}/materials`, body)
  const { version } = papers.length > 0 ? await clerk.put(`${COUNTER}/${draft.id}/papers`, { version: saved.version, papers }) : saved
  return clerk.post(`${COUNTER}/${draft.id}/submit`, { version, consented: true })
}

/** A list by which the comprehensive counter hands papers over, with what it took in. */
export async function relayed() {
  const { case_number } = await takenIn('counter_district', [PROOF.id])
  const caseId = await onDesk('clerk_hr', case_number)
  const counter = await person('counter_district')
  const page = await counter.post('/api/v1/approval/relay/lists', { contents: 'papers', cases: [caseId] })
  return { ...page, number: case_number, caseId }
}

/** Many submitted applications at once, a few at a time; their numbers, once all have come to the desk. */
export async function handedInMany(count, account = 'citizen1', together = 8) {
  const citizen = await person(account)
  const towns = await citizen.get('/api/v1/catalogue/divisions?parent=430102001')
  const residence = { code: towns.items[0].code, names: ['湖南省', '长沙市', '芙蓉区', '文艺路街道', towns.items[0].name] }
  const situation_answers = { status: 'jobless', residence: 'local', reason: 'employer' }
  const numbers = []
  let left = count
  async function go() {
    while (left-- > 0) {
      const draft = await citizen.post(INTAKE, { item_code: ITEM.code, situation_answers, channel: 'pc' })
      const form = { ...draft.form, ...ANSWERS, residence }
      await citizen.put(`${INTAKE}/${draft.id}/form`, { version: draft.version, form })
      const body = new FormData()
      body.set('requirement_id', PROOF.id)
      body.set('file', new Blob([PICTURE]), '离职证明.png')
      await citizen.post(`${INTAKE}/${draft.id}/materials`, body)
      const { version } = await citizen.get(`${INTAKE}/${draft.id}`)
      numbers.push((await citizen.post(`${INTAKE}/${draft.id}/submit`, { version })).case_number)
    }
  }
  await Promise.all(Array.from({ length: Math.min(together, count) }, go))
  const clerk = await person('clerk_hr')
  for (const number of numbers) {
    await until(`case ${number} on the desk`, async () => (await clerk.get(`${DESK}?q=${number}`)).items.length > 0)
  }
  return numbers
}

/** An item whose examination may need experts; its office sees every application before it is received. */
export const FARM = { code: '11430102TB000012474430199011000', name: '动物防疫条件合格证核发', review: '动物防疫条件专家评审' }

/** A submitted application for a farm, with the id of its case on the desk. */
export function submittedFarm(account = 'citizen1') {
  return handedIn(account, 'clerk_agriculture', FARM.code, {
    situation: { place: 'farm', site_use: 'farmland' },
    form: (village) => ({
      name: '张示例', has_code: 'no', place: 'farm', site_division: village, site_address: '东岸大道 88 号',
      area: '5200', water_distance: '1200', home_distance: '800', public_distance: '900', animals: ['pig'], stock: '480',
      vets: [{ name: '李示例', kind: 'vet', certificate: 'A012026430001', phone: '19900000002' }], dead_animals: 'own',
    }),
    materials: ['map', 'facilities', 'rules', 'staff', 'land_filing'],
  })
}

/** An item whose office compares an original at the counter after its pre-review, and whose health check may follow. */
export const NURSE = { code: '11430100TB0000052H3430199006000', name: '护士执业注册', original: '护理、助产专业学历证书', deferrable: '健康体检证明' }

const nurse = (...materials) => ({
  situation: { exam: 'within', hospital: 'city', degree: 'domestic' },
  form: (village) => ({
    sex: 'female', nation: '汉族', residence: village, address: '八一路 1 号', school: '长沙某护理学院', major: 'nursing',
    education: 'college', years: '3', graduated_on: '2025-06-30', diploma_number: '105425202506000001',
    internships: [{ hospital: '长沙某医院', from: '2024-07-01', to: '2025-05-31' }],
    exam_year: '2025', exam_number: '20250430001', late: 'no', institution: '长沙某医院', institution_code: '12430100TB0009006N', health: 'fit',
  }),
  materials: ['diploma', 'internship_proof', 'hiring_proof', 'photo', ...materials],
})

/** The application of a nurse whose health check is not done yet, filled in. */
export const filledNurse = (account = 'citizen1') => filledIn(account, NURSE.code, nurse())

/** A submitted application of a nurse with all that is asked for. */
export const submittedNurse = (account = 'citizen1') => handedIn(account, 'clerk_city_health', NURSE.code, nurse('health_check'))

/** An item that charges a fee for a card that was lost, before the card is made. */
export const CARD = { code: '11430100TB000001X13432099003000', name: '社会保障卡申领', fee: '补领、换领工本费（首次申领免费）' }

/** A lost card whose examination is over: its notice of payment is out, with its code. */
export async function charged(account = 'citizen1') {
  const scene = await handedIn(account, 'clerk_city_hr', CARD.code, {
    situation: { card: 'lost', age: 'adult' },
    form: (village) => ({
      sex: 'male', nation: '汉族', category: 'flexible', residence: village, address: '八一路 1 号', minor: 'no', kind: 'lost', bank: 'icbc', delivery: 'counter',
    }),
    materials: ['photo', 'card_statement'],
  })
  await handle(
    scene,
    ['accept', {}, 'clerk_city_hr'], ['step', { outcome: 'pass', opinion: '照片合格，没有重复发卡。' }, 'clerk_city_hr'],
    ['step', { outcome: 'pass', opinion: '同意制卡。' }, 'head_city_hr'],
  )
  const citizen = await person(account)
  const fee = await until('a payment code', async () => {
    const { fee: told } = await citizen.get(`${INTAKE}/${scene.id}`)
    return told?.payable ? told : undefined
  })
  return { ...scene, fee }
}

/** Fills in, hands in, and waits until the case is on the desk of the office. */
async function handedIn(account, clerk, item_code, filling) {
  const draft = await filledIn(account, item_code, filling)
  const citizen = await person(account)
  const { id, case_number } = await citizen.post(`${INTAKE}/${draft.id}/submit`, { version: draft.version })
  return { account, id, number: case_number, caseId: await onDesk(clerk, case_number) }
}

/** The id of a case, once it is on the desk of an office. */
export async function onDesk(clerk, number) {
  const staff = await person(clerk)
  const found = await until(`case ${number} on the desk`, async () => (await staff.get(`${DESK}?q=${number}`)).items[0])
  return found.id
}

/** A draft with answers and files. */
async function filledIn(account, item_code, { situation, form, materials }) {
  const citizen = await person(account)
  const draft = await citizen.post(INTAKE, { item_code, situation_answers: situation, channel: 'pc' })
  const villages = await citizen.get('/api/v1/catalogue/divisions?parent=430102001')
  const village = { code: villages.items[0].code, names: ['湖南省', '长沙市', '芙蓉区', '文艺路街道', villages.items[0].name] }
  await citizen.put(`${INTAKE}/${draft.id}/form`, { version: draft.version, form: { ...draft.form, ...form(village) } })
  for (const requirement of materials) {
    const body = new FormData()
    body.set('requirement_id', requirement)
    body.set('file', new Blob([PICTURE]), `${requirement}.png`)
    await citizen.post(`${INTAKE}/${draft.id}/materials`, body)
  }
  return citizen.get(`${INTAKE}/${draft.id}`)
}

/** A nurse's case granted and closed, with the licence that came of it. */
export async function licensed(account = 'citizen1') {
  const scene = await submittedNurse(account)
  const [clerk, head] = ['clerk_city_health', 'head_city_health']
  await handle(
    scene,
    ['pass-pre-review', {}, clerk], ['verify-originals', { materials: ['diploma'], note: '原件与上传件一致。' }, clerk], ['accept', {}, clerk],
    ['step', { outcome: 'pass', opinion: '材料齐全。' }, clerk], ['step', { outcome: 'pass', opinion: '同意。' }, head],
    ['step', { outcome: 'pass', opinion: '已登记。' }, clerk],
    ['decide', { result: 'granted', reason: '符合条件。' }, head], ['close', {}, clerk],
  )
  const citizen = await person(account)
  const licence = await until(`a licence of case ${scene.number}`, async () =>
    (await citizen.get(`/api/v1/licence/mine?case_number=${scene.number}`)).items[0])
  return { ...(await citizen.get(`/api/v1/licence/mine/${licence.id}`)), scene }
}

/** An item whose grant issues a permit, and one that takes the permit in the place of an upload. */
export const FOOD = { code: '11430102TB0000108H4430199008000', licence: '食品经营许可证' }
export const CARE_HOME = { code: '11430102TB0000095U4431099010000', material: '食品经营许可证' }

/** The permit of agent1's enterprise, for its canteen. */
export async function permitted() {
  const scene = await handedIn('agent1', 'clerk_market', FOOD.code, {
    situation: { business: 'canteen', agent: 'self' },
    form: (village) => ({
      responsible_name: '陈示例', responsible_citizen_id: '11010519491231002X', site_division: village, site_address: '八一路 8 号', area: '260',
      storage: 'no', business: 'canteen', catering_projects: ['hot'], network: 'no',
      staff: [{ name: '刘示例', citizen_id: '11010519491231002X', post: 'officer', direct_food: 'no' }],
    }),
    materials: ['layout', 'process', 'rules'],
  })
  const [clerk, head] = ['clerk_market', 'head_market']
  await handle(
    scene,
    ['receive', {}, clerk], ['accept', {}, clerk], ['step', { outcome: 'pass', opinion: '材料齐全。' }, clerk],
    ['step', { outcome: 'pass', opinion: '现场符合要求。' }, clerk], ['step', { outcome: 'pass', opinion: '同意。' }, head],
    ['decide', { result: 'granted', reason: '符合条件。' }, head], ['close', {}, clerk],
  )
  const agent = await person('agent1')
  return until(`a licence of case ${scene.number}`, async () => (await agent.get(`/api/v1/licence/mine?case_number=${scene.number}`)).items[0])
}

const careHome = (kitchen) => ({
  situation: { registration: 'profit', admitted: 'yes', premises: 'owned', kitchen },
  form: (village) => ({
    nature: 'profit', responsible_name: '陈示例', responsible_citizen_id: '11010519491231002X', opened_on: '2026-10-01', site_division: village,
    site_address: '八一路 8 号', ownership: 'owned', building_area: '1800', beds: '60', nursing_beds: '20', services: ['living', 'spirit'], residents: '12',
    staff: [{ name: '刘示例', post: 'manager' }],
  }),
  materials: ['commitment', 'property_proof'],
})

/** A draft of agent1 for a care home with a canteen, in which nothing is missing but the permit of the canteen. */
export const filledCareHome = () => filledIn('agent1', CARE_HOME.code, careHome('yes'))

/** A care home without a canteen that was granted its filing: the receipt is still to be attached. */
export async function grantedCareHome() {
  const scene = await handedIn('agent1', 'clerk_civil', CARE_HOME.code, careHome('no'))
  const clerk = await person('clerk_civil')
  const { state } = await clerk.get(`${DESK}/${scene.caseId}`)
  if (state === 'submitted') await handle(scene, ['receive', {}, 'clerk_civil'])
  return handle(
    scene,
    ['accept', {}, 'clerk_civil'], ['step', { outcome: 'pass', opinion: '材料齐全。' }, 'clerk_civil'], ['step', { outcome: 'pass', opinion: '同意备案。' }, 'head_civil'],
    ['decide', { result: 'granted', reason: '符合备案条件。' }, 'head_civil'],
  )
}

/** Takes a licence of agent1's enterprise away: proposed, answered by its holder, decided by another. */
export async function revoke(licence) {
  const [clerk, agent, head] = [await person('clerk_market'), await person('agent1'), await person('head_market')]
  const ours = `/api/v1/licence/licences/${licence.id}`
  const { row_version } = await clerk.get(ours)
  const basis = '《中华人民共和国行政许可法》第六十九条'
  await clerk.post(`${ours}/propose-change`, { row_version, kind: 'revoke', reason: '现场核查不符合要求。', basis, answer_days: 5 })
  await agent.post(`/api/v1/licence/mine/${licence.id}/answer`, { statement: '没有意见。' })
  await head.post(`${ours}/decide-change`, { granted: true, reason: '事实清楚。' })
}

/** Runs commands on the desk: `['accept', {}]`, by the clerk unless another account is named. */
export async function handle(scene, ...commands) {
  for (const [command, body, account = 'clerk_hr'] of commands) {
    const staff = await person(account)
    const { version } = await staff.get(`${DESK}/${scene.caseId}`)
    await staff.post(`${DESK}/${scene.caseId}/${command}`, { version, ...body })
  }
  return scene
}

/** An item that organisations apply for in batches. */
export const HIRING = { code: '11430102TB000008714432099015000', name: '用人单位就业登记', answers: { relation: 'signed' } }

/** A batch of applications of an enterprise, without rows. */
export async function gathered(account = 'agent1') {
  const agent = await person(account)
  return agent.post('/api/v1/intake/batches', { item_code: HIRING.code, situation_answers: HIRING.answers })
}

/** A batch of one case that is tried and not started. */
export async function tried(scene) {
  const clerk = await person('clerk_hr')
  const pick = { by: 'cases', ids: [scene.caseId] }
  return clerk.post('/api/v1/approval/batches', { pick, command: 'accept', words: {} })
}

/** Waits until the applicant's side shows a state too. */
export async function reached(scene, state) {
  const citizen = await person(scene.account)
  await until(`state ${state}`, async () => (await citizen.get(`${INTAKE}/${scene.id}`)).state === state)
  return scene
}

export const PLEDGE = { code: '11430102TB0000108H4430799015000', name: '股权出质设立登记', role: '质权人' }

/** A pledge of shares in which nothing is missing but the signature of the pledgee. */
export async function pledged(account = 'citizen1') {
  const citizen = await person(account)
  const draft = await citizen.post(INTAKE, { item_code: PLEDGE.code, situation_answers: { company: 'limited' }, channel: 'pc' })
  const form = { ...draft.form, company: '长沙样例餐饮管理有限公司', amount: '50', debt: '80' }
  await citizen.put(`${INTAKE}/${draft.id}/form`, { version: draft.version, form })
  const body = new FormData()
  body.set('requirement_id', 'pledge_contract')
  body.set('file', new Blob([PICTURE]), '质权合同.png')
  await citizen.post(`${INTAKE}/${draft.id}/materials`, body)
  return citizen.get(`${INTAKE}/${draft.id}`)
}

/** A pledge by citizen2 that citizen1 is asked to sign. */
export async function toSign() {
  const citizen = await person('citizen2')
  const draft = await pledged('citizen2')
  const { name, id_number, phone } = STANDING_THERE
  const co_applicants = [{ organisation: false, name, id_number, phone }]
  const { version } = await citizen.put(`${INTAKE}/${draft.id}/co-applicants`, { version: draft.version, co_applicants })
  return citizen.post(`${INTAKE}/${draft.id}/signatures/ask`, { version })
}
