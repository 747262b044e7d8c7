/** RFC 9457 problems as pages see them: a stable code, texts in the reader's language, faults by field. */

export interface FieldFault {
  /** JSON Pointer into the body or form: `/family/0/name`. */
  path: string
  code: string
  message: string
  args?: Record<string, string>
}

interface ProblemBody {
  code?: string
  title?: string
  detail?: string
  status?: number
  request_id?: string
  fields?: FieldFault[]
  args?: Record<string, string>
}

/** The server could not be reached: the outcome is unknown. */
export const UNREACHABLE = 'network.unreachable'

export class Problem extends Error {
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly status: number
  readonly request_id: string
  readonly fields: FieldFault[]
  readonly args: Record<string, string>

  constructor(body: ProblemBody, options?: ErrorOptions) {
    super(body.detail ?? body.title ?? body.code ?? 'problem', options)
    this.name = 'Problem'
    this.code = body.code ?? 'internal'
    this.title = body.title ?? ''
    this.detail = body.detail ?? ''
    this.status = body.status ?? 0
    this.request_id = body.request_id ?? ''
    this.fields = body.fields ?? []
    this.args = body.args ?? {}
  }

  /** Whether the server may or may not have acted: only then is the same key sent again. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status >= 500
  }

  static unreachable(cause: unknown): Problem {
    return new Problem({ code: UNREACHABLE, status: 0 }, { cause })
  }

  static async fromResponse(response: Response): Promise<Problem> {
    const text = await response.text().catch(() => '')
    return Problem.fromText(text, response.status, response.headers.get('x-request-id'))
  }

  static fromText(text: string, status: number, requestId: string | null): Problem {
    let body: ProblemBody = {}
    try {
      const parsed: unknown = JSON.parse(text)
      if (typeof parsed === 'object' && parsed !== null) body = parsed
    } catch {
      // A proxy's HTML page: the status alone must do.
    }
    return new Problem({
      ...body,
      status,
      code: body.code ?? `http.${status}`,
      request_id: body.request_id ?? requestId ?? '',
    })
  }
}

/** Anything thrown, as a problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  return new Problem({ code: 'client.failed', status: 0 }, { cause: error })
}
