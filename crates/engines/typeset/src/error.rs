//! What can go wrong between a paper and its PDF. All of it is internal: a
//! citizen's input cannot cause any of these.

/// An error of the typesetter.
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// None of the given font files can write Chinese.
    #[error("none of the given font files holds a font for Chinese")]
    NoChineseFont,
    /// The paper could not be written as data.
    #[error("the paper cannot be written as data: {0}")]
    Data(#[from] serde_json::Error),
    /// A built-in template or the data in it could not be laid out.
    #[error("the paper cannot be laid out: {0}")]
    Layout(String),
    /// The laid-out pages could not be written as PDF.
    #[error("the paper cannot be written as PDF: {0}")]
    Export(String),
}
