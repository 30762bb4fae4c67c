//! Answers that are not JSON, described as what they are: otherwise the description of the API would promise JSON.

use std::marker::PhantomData;

use aide::{OperationOutput, generate::GenContext, openapi};
use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use schemars::JsonSchema;

/// A media type.
pub trait Media {
    /// As in the header `content-type`.
    const TYPE: &'static str;
    /// What is in it, in one sentence.
    const ABOUT: &'static str;
    /// What can be read in it, as far as a schema can say so.
    type Content: JsonSchema;
}

/// An answer of this media type.
pub struct Of<M>(Response, PhantomData<fn() -> M>);

impl<M: Media> Of<M> {
    pub fn new(answer: impl IntoResponse) -> Self {
        let mut response = answer.into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(M::TYPE));
        Self(response, PhantomData)
    }
}

impl<M> IntoResponse for Of<M> {
    fn into_response(self) -> Response {
        self.0
    }
}

impl<M: Media> OperationOutput for Of<M> {
    type Inner = M::Content;

    fn operation_response(
        ctx: &mut GenContext,
        operation: &mut openapi::Operation,
    ) -> Option<openapi::Response> {
        let mut response = Json::<M::Content>::operation_response(ctx, operation)?;
        response.description = M::ABOUT.into();
        response.content = response.content.into_values().map(|content| (M::TYPE.into(), content)).collect();
        Some(response)
    }

    fn inferred_responses(
        ctx: &mut GenContext,
        operation: &mut openapi::Operation,
    ) -> Vec<(Option<u16>, openapi::Response)> {
        Self::operation_response(ctx, operation).map(|response| (Some(200), response)).into_iter().collect()
    }
}
