//! Keeping doctors at hand, so that their times are on this device without network too.

use mediconnect_app::Device;
use mediconnect_domain::{
    Command, DoctorId,
    settings::{
        Follow,
        follow::{FollowDoctor, UnfollowDoctor},
    },
};
use mediconnect_ui::Toasts;

/// Keeps a doctor who was looked at.
pub fn view(device: Device, doctor: DoctorId) {
    let client = device.client();
    let follow = client.read(|records| records.get::<Follow>(Follow::id_of(records.account_id(), doctor)));
    // Once a day is enough to stay among the recently viewed.
    let fresh = |follow: &Follow| follow.favourite || client.now().duration_since(follow.at).as_hours() < 24;
    if matches!(follow, Ok(follow) if !follow.as_ref().is_some_and(fresh)) {
        client.submit(FollowDoctor { doctor_id: doctor, favourite: false }).ok();
    }
}

/// Makes a doctor a favourite, or lets go of one.
pub fn follow(device: Device, doctor: DoctorId, favourite: bool, toasts: Toasts) {
    let command: Command = match favourite {
        true => FollowDoctor { doctor_id: doctor, favourite }.into(),
        false => UnfollowDoctor { doctor_id: doctor }.into(),
    };
    device.send(command, toasts);
}
