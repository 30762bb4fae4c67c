//! The API as its callers meet it: a real server on a free port, asked over HTTP. What touches the store runs on both
//! databases; the rest on the embedded one.

mod access;
mod audit;
mod backup;
mod figures;
mod hostile;
mod idempotency;
mod input;
mod mail;
mod operations;
mod programs;
mod requests;
mod second_factor;
mod sign_in;
mod smtp;
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
    sign_in::a_stranger_who_tries_passwords_shuts_out_strangers_and_no_device_of_the_owner,
    sign_in::tries_are_remembered_over_a_restart,
    mail::an_address_is_verified_by_the_code_of_an_e_mail_once,
    mail::a_code_dies_of_five_wrong_guesses_and_counts_for_its_own_address_and_purpose,
    mail::a_lost_password_is_set_anew_once_and_ends_all_that_was_opened_with_it,
    mail::a_reset_is_good_for_a_quarter_of_an_hour,
    mail::one_proof_sent_many_times_at_once_sets_one_password,
    mail::asking_for_a_reset_tells_nobody_whether_there_is_an_account,
    mail::a_sign_up_by_code_tells_nobody_whether_there_is_an_account,
    mail::nobody_can_fill_a_mailbox_with_resets,
    mail::an_e_mail_that_waits_outlives_the_server_and_secrets_are_kept_hashed,
    second_factor::signing_in_takes_a_second_step_once_an_app_is_confirmed,
    second_factor::a_code_of_the_app_works_once,
    second_factor::recovery_codes_work_once_and_are_kept_as_fingerprints,
    second_factor::a_challenge_dies_of_wrong_codes_and_is_of_its_device,
    second_factor::a_challenge_is_good_for_five_minutes,
    second_factor::a_reset_password_does_not_go_around_the_second_factor,
    second_factor::what_is_grave_wants_a_proof_of_the_last_minutes,
    programs::a_token_does_what_its_scopes_say_and_nothing_else,
    programs::a_token_is_told_once_kept_hashed_and_ended_by_its_owner_only,
    programs::a_token_ends_on_its_day,
    programs::a_new_password_ends_the_tokens,
    audit::looking_at_patients_leaves_a_line_and_looking_again_none,
    audit::being_turned_away_leaves_a_line,
    audit::a_running_server_seals_its_audit_and_shows_the_head_to_everyone,
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
