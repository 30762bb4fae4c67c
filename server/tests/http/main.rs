//! The API as its callers meet it: a real server on a free port, asked over HTTP. What touches the store runs on both
//! databases; the rest on the embedded one.

mod access;
mod figures;
mod hostile;
mod idempotency;
mod input;
mod operations;
mod requests;
mod sign_in;
mod sockets;

macro_rules! on_both_stores {
    ($($area:ident :: $test:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $test() {
                crate::$area::$test(mediconnect_server::testing::TestServer::start().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $test() {
                crate::$area::$test(mediconnect_server::testing::TestServer::on_postgres().await).await;
            })*
        }
    };
}

on_both_stores! {
    idempotency::a_booking_sent_again_with_its_key_is_one_booking_and_answers_the_same,
    idempotency::a_key_with_another_body_is_refused_and_another_account_has_keys_of_its_own,
    idempotency::a_refusal_sent_again_is_the_same_refusal,
    idempotency::the_same_key_at_the_same_time_takes_effect_once,
    idempotency::of_many_who_want_one_slot_one_gets_it_and_the_others_hear_of_other_times,
    requests::a_visit_goes_from_a_free_slot_to_a_review,
    requests::settings_follows_and_dependants_are_the_accounts_own,
    requests::a_command_by_name_answers_its_signed_receipt,
    sign_in::a_patient_signs_up_signs_in_again_and_signs_out,
    sign_in::an_unknown_address_and_a_wrong_password_are_answered_alike,
    sign_in::weak_passwords_and_taken_addresses_are_refused,
    sign_in::a_sign_up_sent_twice_makes_one_account_and_another_password_does_not_open_it,
    sign_in::a_refresh_token_that_was_used_before_ends_the_session_for_everyone_who_has_it,
    sign_in::a_device_that_lost_the_answer_to_a_refresh_gets_it_again,
    sign_in::a_forged_refresh_token_is_refused_and_ends_nothing,
    sign_in::sessions_are_listed_and_ended_by_their_owner_only,
    sign_in::a_new_password_ends_all_other_sessions,
    sign_in::staff_get_a_first_password_once_and_a_disabled_account_is_out_at_once,
    sign_in::sessions_outlive_the_server,
    access::without_a_token_only_public_routes_answer,
    access::each_role_passes_only_the_gates_of_its_policies,
    access::no_route_tells_a_stranger_anything_of_another_patient,
    access::well_formed_writes_to_what_belongs_to_another_patient_change_nothing,
    access::a_pull_brings_a_stranger_nothing_of_another_patient,
    hostile::texts_that_a_database_does_not_take_are_refused_before_it,
    hostile::instants_at_the_ends_of_time_are_answered,
    hostile::long_questions_and_forged_cursors_are_answered,
    hostile::sign_ins_and_what_fails_of_them_are_in_the_audit,
    hostile::one_refresh_token_used_many_times_at_once_has_one_successor,
    hostile::one_key_with_many_bodies_at_once_books_one_of_them,
}
