//! One suite over every store: a SQLite file with its writer thread, SQLite in memory on the caller's thread, and a real
//! PostgreSQL. What is particular to SQLite on a file is at the end.

mod device;
mod kit;

mod audit;
mod commands;
mod files;
mod jobs;
mod lists;
mod live;
mod races;
mod records;
mod sync;

macro_rules! on_every_store {
    ($($area:ident :: $test:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                crate::kit::Kit::on_file().await.prove(crate::$area::$test).await;
            })*
        }
        mod memory {
            $(#[tokio::test]
            async fn $test() {
                crate::kit::Kit::in_memory().await.prove(crate::$area::$test).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                crate::kit::Kit::on_postgres().await.prove(crate::$area::$test).await;
            })*
        }
    };
}

on_every_store! {
    records::facts_answer_by_id_by_key_by_index_and_by_time,
    records::a_unique_key_has_one_owner_and_is_free_again,
    records::time_is_taken_once_but_seats_are_shared,
    records::two_visits_trade_places_in_one_write,
    records::a_removed_record_keeps_counting_its_revisions,
    records::work_that_fails_leaves_nothing,
    commands::a_replay_gets_the_same_receipt_and_other_content_is_refused,
    commands::a_refusal_is_kept_like_any_result,
    commands::lanes_keep_their_order_and_block_only_themselves,
    commands::what_depends_on_a_refused_command_is_refused,
    commands::a_changed_command_brings_back_what_the_first_one_did,
    commands::the_first_form_never_takes_effect_after_its_replacement,
    commands::a_receipt_is_signed_and_names_only_entries_the_account_may_see,
    commands::every_command_leaves_a_line_that_stays,
    sync::a_device_gets_all_then_the_same_then_what_is_new,
    sync::another_patients_rows_never_arrive,
    sync::what_leaves_a_bucket_is_told_and_the_hash_agrees,
    sync::a_right_that_is_given_again_is_another_generation,
    sync::a_right_that_ran_out_is_gone_before_anyone_wrote_so,
    sync::a_bucket_comes_whole_where_the_cursor_cannot_be_continued,
    sync::long_buckets_come_in_pages,
    sync::old_removals_are_forgotten_and_who_missed_one_starts_anew,
    sync::an_unknown_account_gets_nothing,
    live::a_commit_reaches_whom_it_concerns_and_nobody_else,
    live::rights_that_change_stop_the_stream_until_read_anew,
    live::a_slow_device_is_poked_and_a_long_frame_is_not_sent,
    live::an_ended_session_is_told_so,
    jobs::a_hold_expires_once_at_its_time,
    jobs::availability_is_computed_once_for_many_changes,
    jobs::a_link_that_runs_out_takes_its_bucket_along,
    lists::a_list_is_paged_sorted_filtered_and_cut_to_scopes,
    lists::counts_and_figures_agree_with_the_rows,
    lists::the_audit_is_shown_by_scope,
    lists::the_audit_is_searched_by_who_what_when_and_what_came_of_it,
    audit::an_audit_that_nobody_touched_is_as_it_was_written,
    audit::seals_cannot_be_changed_or_removed,
    audit::whatever_is_done_to_a_sealed_line_is_found,
    audit::whatever_is_done_to_a_seal_is_found,
    audit::an_audit_cut_off_at_its_end_is_told_by_a_kept_head,
    audit::an_audit_written_anew_with_the_right_key_is_told_by_a_kept_head,
    audit::lines_put_behind_the_last_seal_are_found,
    races::of_64_who_want_one_time_one_wins,
    races::the_last_two_super_admins_cannot_demote_each_other,
    races::writes_side_by_side_leave_every_bucket_whole,
    races::one_command_on_two_connections_takes_effect_once,
}
