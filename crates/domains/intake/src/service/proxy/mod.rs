//! Acting for an applicant (委托代理, 监护): beginning in his name, and ending it.

pub(crate) mod begin;
pub(crate) mod end;
