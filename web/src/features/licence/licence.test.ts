import { describe, expect, it } from 'vitest'
import type { TypeDocument } from './api'
import { toDocument, toDraft, toneOf } from './model'

const DOCUMENT: TypeDocument = {
  name: '老年人优待证',
  items: ['4432099002000'],
  holder: { kind: 'form', name_key: 'name', id_key: 'citizen_id' },
  number_rule: '优{year}{serial}',
  validity: { kind: 'years', years: 5 },
  face: [
    { label: '地址', source: { kind: 'form', keys: ['site_division', 'site_address'] }, public: true, amend: { proofs: ['产权证明', '租赁合同'] } },
    { label: '说明', source: { kind: 'fixed', text: '凭本证 优待' }, public: false },
    { label: '有效期', source: { kind: 'validity' }, public: true },
  ],
  layout: 'portrait',
  seal: true,
}

describe('types of licences', () => {
  it('come out of the editor as they went in', () => {
    expect(toDocument(toDraft('x', DOCUMENT))).toEqual(DOCUMENT)
    const open: TypeDocument = { ...DOCUMENT, amend_days: 7, holder: { kind: 'applicant' }, validity: { kind: 'open' }, seal: false, layout: 'landscape' }
    expect(toDocument(toDraft('x', open))).toEqual(open)
  })

  it('leave a wrong number of years to the server to refuse', () => {
    const draft = { ...toDraft('x', DOCUMENT), years: '五' }
    expect(toDocument(draft).validity).toEqual({ kind: 'years', years: 0 })
  })

  it('show only a licence in force as good', () => {
    expect(toneOf('valid')).toBe('ok')
    for (const standing of ['expired', 'revoked', 'replaced', 'deregistered', 'voided'] as const) expect(toneOf(standing)).not.toBe('ok')
  })
})
