/** Calls about fees at the desk, and the cashier's desk of the simulated payment platform. */
import type { Answer, Body } from '@/api/answers'
import { api } from '@/core/http'

const BASE = '/api/v1/approval'

export type CaseFees = Answer<'CaseFees'>
export type FeeOrder = CaseFees['orders'][number]
export type FeeRequest = NonNullable<FeeOrder['request']>
export type ItemFee = CaseFees['fees'][number]
export type Cashier = Answer<'Cashier'>
export type FeeQuestion = 'reduction' | 'exemption' | 'refund'

export const feeKeys = {
  ofCase: (id: string) => ['case', 'fees', id] as const,
  cashier: (code: string) => ['cashier', code] as const,
}

const of = (id: string) => `${BASE}/cases/${id}/fees`

export const listFees = (id: string, signal: AbortSignal): Promise<CaseFees> => api.get(of(id), { signal })

export const issueFee = (key: string, id: string, lines: Body<'ChargedFee'>[]) => api.post<CaseFees>(of(id), { lines }, { key })

export type FeeVerb = 'propose' | 'approve' | 'refuse' | 'take-back'

/** One command on an order; the server compares the version. */
export const commandFee = (key: string, id: string, order: FeeOrder, verb: FeeVerb, body: object) =>
  api.post<CaseFees>(`${of(id)}/${order.id}/${verb}`, { version: order.version, ...body }, { key })

export const feeFileUrl = (id: string, file: string) => `${of(id)}/files/${file}`

export const readCashier = (code: string, signal: AbortSignal): Promise<Cashier> => api.get(`${BASE}/simulator/bills/${encodeURIComponent(code)}`, { signal })

export const payAtCashier = (key: string, code: string, lost: boolean) =>
  api.post<Cashier>(`${BASE}/simulator/bills/${encodeURIComponent(code)}/pay`, { lost }, { key })
