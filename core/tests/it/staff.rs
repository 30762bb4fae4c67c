//! Staff and their first passwords, against a server over HTTP.

use std::sync::atomic::Ordering;

use mediconnect_core::{FetchError, FirstPassword, NewStaff};
use mediconnect_domain::{
    Refusal, accounts::Role, fetch::admin::Accounts, settings::Language, sign_in::Problem,
};
use mediconnect_server::auth::first_admin;

use crate::accounts::{Device, PASSWORD, Server};

const ADMIN: &str = "ada@example.org";

fn support(name: &str) -> NewStaff {
    NewStaff {
        name: name.into(),
        email: format!("{name}@example.org"),
        role: Role::SupportAdmin,
        language: Language::En,
    }
}

/// The computer of the super admin, signed in.
async fn desk(server: &Server) -> Device {
    first_admin::create(&server.running.app, ADMIN, "Ada", Some(PASSWORD.into())).await.unwrap();
    let desk = server.device();
    desk.client.sign_in(ADMIN, PASSWORD).await.unwrap();
    desk
}

/// Can somebody sign in with these, on a computer of their own?
async fn opens(server: &Server, email: &str, password: &str) -> bool {
    server.device().client.sign_in(email, password).await.is_ok()
}

async fn staff_called(desk: &Device, name: &str) -> usize {
    let question = Accounts { text: Some(name.into()), ..Accounts::default() };
    desk.client.fetch(question).await.unwrap().answer.items.len()
}

fn problem_of(answer: Result<FirstPassword, FetchError>) -> Box<Problem> {
    match answer {
        Err(FetchError::Problem(problem)) => problem,
        Err(other) => panic!("{other:?}"),
        Ok(told) => panic!("{} has an account", told.account.email),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn new_staff_sign_in_with_the_password_that_was_told_until_there_is_another() {
    let server = Server::start().await;
    let desk = desk(&server).await;
    let first = desk.client.add_staff(&support("wren")).await.unwrap();
    assert_eq!((first.account.name.as_str(), &first.account.role), ("wren", &Role::SupportAdmin));
    assert!(opens(&server, "wren@example.org", &first.password).await);
    let second = desk.client.new_staff_password(first.account.id).await.unwrap();
    assert_eq!(second.account.id, first.account.id);
    assert!(!opens(&server, "wren@example.org", &first.password).await);
    assert!(opens(&server, "wren@example.org", &second.password).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_super_admin_lets_staff_in() {
    let server = Server::start().await;
    let desk = desk(&server).await;
    let first = desk.client.add_staff(&support("wren")).await.unwrap();
    let other = server.device();
    other.client.sign_in("wren@example.org", &first.password).await.unwrap();
    let refused = problem_of(other.client.add_staff(&support("finch")).await);
    assert_eq!((refused.status, refused.code.as_str()), (403, "not_allowed"));
    let ada = desk.client.session().unwrap().account_id;
    let refused = problem_of(other.client.new_staff_password(ada).await);
    assert!(matches!(refused.status, 403 | 404), "{refused:?}");
    assert!(opens(&server, ADMIN, PASSWORD).await, "the password is the same");
    assert_eq!(staff_called(&desk, "finch").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_is_wrong_is_named() {
    let server = Server::start().await;
    let desk = desk(&server).await;
    let refused =
        problem_of(desk.client.add_staff(&NewStaff { email: "no address".into(), ..support("wren") }).await);
    let fields: Vec<&str> = refused.errors.iter().map(|error| error.path.as_str()).collect();
    assert_eq!((refused.status, fields), (422, vec!["email"]));
    let of_none = NewStaff { role: Role::ClinicAdmin { clinics: vec![] }, ..support("wren") };
    let refused = problem_of(desk.client.add_staff(&of_none).await);
    assert_eq!(refused.errors[0].path, "role");
    assert_eq!(staff_called(&desk, "wren").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_whose_answer_was_lost_is_made_anew_for_the_account_that_is_there() {
    let server = Server::start().await;
    let desk = desk(&server).await;
    desk.gate.loses_answer.store(true, Ordering::SeqCst);
    let lost = desk.client.add_staff(&support("wren")).await;
    assert!(matches!(lost, Err(FetchError::Offline)), "the answer is lost");
    let again = problem_of(desk.client.add_staff(&support("wren")).await);
    assert!(matches!(again.refusal, Some(Refusal::AlreadyExists { .. })), "{again:?}");
    assert_eq!(staff_called(&desk, "wren").await, 1);
    let question = Accounts { text: Some("wren".into()), ..Accounts::default() };
    let account = desk.client.fetch(question).await.unwrap().answer.items[0].id;

    desk.gate.loses_answer.store(true, Ordering::SeqCst);
    let lost = desk.client.new_staff_password(account).await;
    assert!(matches!(lost, Err(FetchError::Offline)), "the answer is lost");
    let told = desk.client.new_staff_password(account).await.unwrap();
    assert!(opens(&server, "wren@example.org", &told.password).await);
}
