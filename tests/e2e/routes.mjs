/** The routes of the ends, out of their routers, and an address to visit for each. */
import { readFileSync } from 'node:fs'
import { person, until } from './city.mjs'
import { applied, JOINT } from './joint.mjs'
import { asked, begun, charged, drafted, filled, gathered, handle, helped, HIRING, ITEM, licensed, proof, reached, relayed, submitted, takenIn, toSign, tried } from './scenes.mjs'

const ENDS = { portal: '', desk: '/desk', admin: '/admin', kiosk: '/kiosk' }

/** `portal home`, `desk todo`, …: every name that a router knows. */
export function routeNames() {
  const shell = namesIn('../../web/src/features/shell/routes.ts')
  return Object.keys(ENDS).flatMap((end) =>
    [...namesIn(`../../web/src/ends/${end}/routes.ts`), ...shell].map((name) => `${end} ${name}`),
  )
}

function namesIn(file) {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  const names = [...text.matchAll(/^\s*(?:\{ )?(?:name: '(\w+)'|path: '[^']*', name: '(\w+)')/gm)].map((hit) => hit[1] ?? hit[2])
  if (names.length !== [...text.matchAll(/\bpath: /g)].length) throw new Error(`cannot read the routes of ${file}`)
  return names
}

/** Who goes where to see each route; a route may be visited in several states. */
export async function visits() {
  const draft = await drafted()
  const full = await filled()
  const waiting = await submitted('citizen1', await proof())
  const correcting = await reached(
    await handle(await submitted(), ['request-correction', { fields: ['/address'], materials: ['termination_proof'], reason: '请补充楼栋和房号，并上传盖章的证明。' }]),
    'correcting',
  )
  const done = await finished()
  const licence = await licensed()
  const rated = await poorlyRated(done)
  const clerk = await person('clerk_hr')
  const { number } = await finished()
  const help = { filling: await helped('fill'), looking: await helped('look') }
  // That the case may be rated travels as an event.
  const link = await until('a link', () => clerk.post('/api/v1/interaction/links', { case_number: number, channel: 'qr' }).catch(() => undefined))
  return {
    ...portal({ draft, full, correcting, done, licence, link, bill: await charged(), request: await toSign(), many: await gathered(), help }),
    ...desk({ whole: await applied('agent1'), waiting, done, licence, rated, batch: await tried(waiting), opinion: await asked(await submitted()), archived: await listed(done), relay: await relayed(), counter: { draft: await begun(), taken: await takenIn() }, help }),
    ...admin({ licence, endpoint: await endpoint(), review: await reviewed() }),
    ...kiosk({ draft, done }),
  }
}

/** A system that is registered and not told anything. */
async function endpoint() {
  const admin = await person('admin')
  const body = { name: '市公共信用信息平台', url: 'https://example.com/hook', active: false }
  return (await admin.post('/api/v1/apps/endpoints', body)).endpoint
}

/** A version of an item of its own that waits for a second person. */
async function reviewed() {
  const admin = await person('admin')
  const items = '/api/v1/catalogue/manage/items'
  const code = `REVIEW-${Date.now()}`
  const { version } = await admin.post(`${items}/${ITEM.code}/copy`, { code, name: '失业登记（待审核）' })
  return admin.post(`${items}/${code}/submit`, { version, note: '按新的办法登记。' })
}

/** A case that has come to its end. */
async function finished() {
  const scene = await handle(
    await submitted(),
    ['accept', {}], ['step', { outcome: 'pass', opinion: '材料齐全。' }], ['step', { outcome: 'pass', opinion: '同意。' }, 'head_hr'],
    ['decide', { result: 'granted', reason: '符合条件。' }, 'head_hr'], ['close', {}], ['deliver', { way: 'online' }],
  )
  return reached(scene, 'delivered')
}

/** A hand-over list of a closed case; the fonds is set where it was not. */
async function listed(done) {
  const [clerk, archivist] = [await person('clerk_hr'), await person('archivist_hr')]
  const archive = '/api/v1/approval/archive'
  const { fonds } = await clerk.get(archive)
  const pattern = '{fonds}-{category}·{year}-{retention}-{serial:4}'
  if (!fonds) await archivist.put(`${archive}/fonds`, { version: 0, fonds: 'Z109', category: 'ZW', pattern })
  return clerk.post(`${archive}/lists`, { ids: [done.caseId] })
}

/** Rates a case poorly; the id of the rectification that opens. */
async function poorlyRated(done) {
  const citizen = await person(done.account)
  await citizen.post(`/api/v1/intake/applications/${done.id}/rating`, { level: 1, tags: ['several_visits'], comment: '' })
  const clerk = await person('clerk_hr')
  const found = await until('a rectification', async () => (await clerk.get(`/api/v1/interaction/tasks?q=${done.number}`)).items[0])
  return found.id
}

function portal({ draft, full, correcting, done, licence, link, bill, request, many, help }) {
  const own = (...paths) => ({ as: 'citizen1', paths })
  const open = (...paths) => ({ paths })
  return {
    'portal home': own('/'),
    'portal person': open('/person'),
    'portal enterprise': open('/enterprise'),
    'portal items': open('/items?q=sydj', '/items?q=没有这样的事项'),
    'portal item': open(`/items/${ITEM.code}`),
    'portal joint': open('/joint'),
    'portal joint_item': open(`/joint/${JOINT.code}`),
    'portal joint_apply': own(`/joint/${JOINT.code}/apply`),
    'portal departments': open('/departments'),
    'portal progress': open('/progress'),
    'portal rating': open('/rating', '/rating?by=item&period=month'),
    'portal publicity': open('/publicity', '/publicity?state=ended', '/publicity?tab=permits', '/publicity?tab=penalties', '/publicity?q=没有这样的事项'),
    'portal open_data': open('/open-data'),
    'portal rate': open(`/rate/${link.token}`),
    'portal apply': own(`/items/${ITEM.code}/apply`),
    'portal batch_apply': { as: 'agent1', paths: [`/items/${HIRING.code}/batch`] },
    'portal batch': { as: 'agent1', paths: [`/batches/${many.id}`] },
    'portal practice': open(`/items/${ITEM.code}/practice`),
    'portal cases': own('/applications'),
    'portal vault': own('/vault'),
    'portal visits': own('/appointments', `/appointments/book?item=${ITEM.code}`, '/appointments/book?item=x'),
    'portal proxies': own('/proxies'),
    'portal assist': own('/assist', `/assist/new?item=${ITEM.code}`, `/assist/${help.filling.request.id}`),
    'portal signatures': own('/signatures'),
    'portal signature': own(`/signatures/${request.id}`),
    'portal case': own(`/applications/${correcting.id}`, `/applications/${done.id}`, `/applications/${bill.id}`),
    'portal cashier': open(`/cashier/${bill.fee.code}`),
    'portal fill': own(
      `/applications/${draft.id}/fill`, `/applications/${draft.id}/fill?step=situation`,
      ...['person', 'unemployment', 'intention'].map((section) => `/applications/${full.id}/fill?step=form&section=${section}`),
      `/applications/${full.id}/fill?step=materials`, `/applications/${full.id}/fill?step=check`,
      `/applications/${draft.id}/fill?step=form&section=person`,
    ),
    'portal correct': own(`/applications/${correcting.id}/correct`),
    'portal receipt': own(`/applications/${done.id}/receipt`),
    'portal licences': own('/licences'),
    'portal licence': own(`/licences/${licence.id}`),
    'portal verify': open('/verify', new URL(licence.verify_address).pathname),
    'portal messages': own('/messages'),
    'portal profile': own('/profile'),
    'portal fault': open('/fault'),
    ...shell('portal', '', 'citizen1'),
  }
}

function desk({ whole, waiting, done, licence, rated, batch, opinion, archived, relay, counter, help }) {
  return {
    // Whoever handles cases is led to his list; others stay on the first page.
    'desk home': { as: 'admin', paths: ['/desk/'] },
    'desk todo': { as: 'clerk_hr', paths: ['/desk/todo'] },
    'desk cases': { as: 'clerk_hr', paths: ['/desk/cases'] },
    'desk counter': { as: 'counter_district', paths: ['/desk/counter', '/desk/counter?show=handed'] },
    'desk counter_begin': { as: 'counter_district', paths: ['/desk/counter/new'] },
    'desk counter_fill': { as: 'counter_district', paths: [`/desk/counter/${counter.draft.id}`, `/desk/counter/${counter.draft.id}?step=materials`, `/desk/counter/${counter.draft.id}?step=check`] },
    'desk counter_handed': { as: 'counter_district', paths: [`/desk/counter/${counter.taken.id}/handed`] },
    'desk assist': { as: 'assistant_district', paths: ['/desk/assist', '/desk/assist?show=mine', '/desk/assist?show=closed'] },
    'desk assist_request': { as: 'assistant_district', paths: [`/desk/assist/${help.filling.request.id}`] },
    'desk assist_fill': { as: 'assistant_district', paths: [`/desk/assist/drafts/${help.filling.draft.id}`, `/desk/assist/drafts/${help.filling.draft.id}?step=materials`, `/desk/assist/drafts/${help.looking.draft.id}`] },
    'desk licences': { as: 'clerk_hr', paths: ['/desk/licences'] },
    'desk licence': { as: 'clerk_city_health', paths: [`/desk/licences/${licence.id}`] },
    'desk case': { as: 'clerk_hr', paths: [`/desk/cases/${waiting.caseId}`, `/desk/cases/${done.caseId}?scope=all`] },
    'desk joint_matters': { as: 'clerk_market', paths: ['/desk/joint'] },
    'desk joint_matter': { as: 'clerk_market', paths: [`/desk/joint/${whole.number}`] },
    'desk opinions': { as: 'clerk_hr', paths: ['/desk/opinions', '/desk/opinions?state=given'] },
    'desk opinion': { as: 'clerk_civil', paths: [`/desk/opinions/${opinion.id}`] },
    'desk supervisions': { as: 'head_hr', paths: ['/desk/supervisions', '/desk/supervisions?show=replied'] },
    'desk commitments': { as: 'clerk_hr', paths: ['/desk/commitments', '/desk/commitments?show=bars'] },
    'desk deputies': { as: 'clerk_hr', paths: ['/desk/deputies', '/desk/deputies?show=all'] },
    'desk labels': { as: 'head_hr', paths: ['/desk/labels'] },
    'desk handover': { as: 'head_hr', paths: ['/desk/handover'] },
    'desk archive': { as: 'archivist_hr', paths: ['/desk/archive', '/desk/archive?show=open', '/desk/archive?show=done', '/desk/archive?show=settings'] },
    'desk archive_list': { as: 'clerk_hr', paths: [`/desk/archive/${archived.id}`] },
    'desk visits': { as: 'clerk_hr', paths: ['/desk/visits', '/desk/visits?day=2026-01-01'] },
    'desk relay': { as: 'counter_district', paths: ['/desk/relay', '/desk/relay?show=shelf', '/desk/relay?show=sent'] },
    'desk relay_list': { as: 'clerk_hr', paths: [`/desk/relay/${relay.list.id}`] },
    'desk batches': { as: 'clerk_hr', paths: ['/desk/batches'] },
    'desk batch': { as: 'clerk_hr', paths: [`/desk/batches/${batch.id}`] },
    'desk rectifications': { as: 'clerk_hr', paths: ['/desk/rectifications', '/desk/rectifications?show=excluded'] },
    'desk rectification': { as: 'clerk_hr', paths: [`/desk/rectifications/${rated}`] },
    'desk statistics': { as: 'operator_city', paths: ['/desk/statistics', '/desk/statistics?by=item'] },
    'desk permits': { as: 'operator_city', paths: ['/desk/permits'] },
    'desk penalties': { as: 'clerk_hr', paths: ['/desk/penalties', '/desk/penalties?state=published'] },
    'desk hotline': { as: 'operator_city', paths: ['/desk/hotline'] },
    'desk words': { as: 'operator_city', paths: ['/desk/words'] },
    ...shell('desk', '/desk', 'clerk_hr'),
  }
}

function admin({ licence, endpoint, review }) {
  const as = 'admin'
  const plain = ['items', 'import', 'departments', 'staff', 'calendar', 'channel', 'endpoints', 'sms', 'events', 'audit', 'statistics', 'publicity', 'sites']
  return {
    'admin home': { as, paths: ['/admin/'] },
    ...Object.fromEntries(plain.map((name) => [`admin ${name}`, { as, paths: [`/admin/${name}`] }])),
    'admin base_items': { as, paths: ['/admin/base-items', '/admin/base-items?show=follow', '/admin/base-items?q=没有这样的目录'] },
    'admin base_item': { as, paths: ['/admin/base-items/432099001000'] },
    'admin kiosks': { as, paths: ['/admin/kiosks'] },
    'admin hot': { as, paths: ['/admin/hot'] },
    'admin codes': { as, paths: ['/admin/codes', '/admin/codes?table=industry&region=430102'] },
    'admin site': { as, paths: ['/admin/sites/new'] },
    'admin synonyms': { as, paths: ['/admin/synonyms', '/admin/synonyms?q=没有这样的词'] },
    'admin joints': { as, paths: ['/admin/joint'] },
    'admin joint_item': { as, paths: [`/admin/joint/${JOINT.code}`] },
    'admin licence_types': { as, paths: ['/admin/licence-types'] },
    'admin licence': { as, paths: [`/admin/licences/${licence.id}`] },
    'admin licences': { as, paths: ['/admin/licences'] },
    'admin endpoint': { as, paths: [`/admin/endpoints/${endpoint.id}`] },
    'admin reviews': { as, paths: ['/admin/reviews', '/admin/reviews?state=failed'] },
    'admin review': { as: 'operator_city', paths: [`/admin/reviews/${review.id}`] },
    'admin item': { as, paths: [`/admin/items/${ITEM.code}`] },
    ...shell('admin', '/admin', as),
  }
}

/** Whose session is at a kiosk is named `…@kiosk`; those come last and together, since it is short. */
function kiosk({ draft, done }) {
  const open = (...paths) => ({ as: '@kiosk', paths: paths.map((path) => `/kiosk${path}`) })
  const own = (...paths) => ({ as: 'citizen1@kiosk', paths: paths.map((path) => `/kiosk${path}`) })
  return {
    'kiosk home': open('/'),
    'kiosk departments': open('/departments', '/departments?show=samples'),
    'kiosk items': open('/items?q=sydj', '/items?q=没有这样的事项'),
    'kiosk item': open(`/items/${ITEM.code}`),
    'kiosk samples': open(`/items/${ITEM.code}/samples`),
    'kiosk progress': open('/progress'),
    'kiosk view': open('/view'),
    ...shell('kiosk', '/kiosk', 'citizen1@kiosk'),
    'kiosk login': open('/login'),
    'kiosk not_found': open('/no-such-page'),
    'kiosk apply': own(`/items/${ITEM.code}/apply`),
    'kiosk cases': own('/applications', '/applications?show=print'),
    'kiosk case': own(`/applications/${done.id}`),
    'kiosk fill': own(`/applications/${draft.id}/fill`, `/applications/${draft.id}/fill?step=form&section=person`),
    'kiosk receipt': own(`/applications/${done.id}/receipt`),
  }
}

function shell(end, base, as) {
  return {
    [`${end} login`]: { paths: [`${base}/login`] },
    [`${end} password`]: { as, paths: [`${base}/password`] },
    [`${end} forbidden`]: { as, paths: [`${base}/forbidden`] },
    [`${end} unreachable`]: { as, paths: [`${base}/unreachable`] },
    [`${end} not_found`]: { paths: [`${base}/no-such-page`] },
  }
}
