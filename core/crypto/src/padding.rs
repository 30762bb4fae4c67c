//! Sizes that say little: content is padded to Padmé buckets before it is sealed.
//!
//! Padmé (Nikitin et al., 'Reducing Metadata Leakage from Encrypted Files and Communication with PURBs', PoPETs 2019)
//! lets a length keep only as many significant bits as its exponent has, so that a size of up to n bytes leaks
//! O(log log n) bits and grows by at most 12 %. Below [`SMALLEST`] all lengths look alike.

/// Nothing sealed is shorter than this, in bytes.
pub const SMALLEST: u64 = 128;

/// Ends the content, as in ISO/IEC 7816-4: after it come only zeros.
const MARK: u8 = 0x80;

/// The bucket that holds `length` bytes.
pub fn bucket(length: u64) -> u64 {
    if length <= SMALLEST {
        return SMALLEST;
    }
    let exponent = length.ilog2();
    let significant = exponent.ilog2() + 1;
    let mask = (1u64 << (exponent - significant)) - 1;
    length.checked_add(mask).map_or(length, |up| up & !mask)
}

/// Size of content with its mark and padding.
pub(crate) fn padded(content: &[u8]) -> usize {
    bucket(content.len() as u64 + 1) as usize
}

/// Appends content, a mark, and zeros up to the bucket.
pub(crate) fn pad(content: &[u8], out: &mut Vec<u8>) {
    let end = out.len() + padded(content);
    out.extend_from_slice(content);
    out.push(MARK);
    out.resize(end, 0);
}

/// Cuts the padding off; `None` where there is none. Called on authenticated bytes only, so its timing tells nothing new.
pub(crate) fn unpad(padded: &mut Vec<u8>) -> Option<()> {
    let mark = padded.iter().rposition(|byte| *byte != 0)?;
    if padded[mark] != MARK || padded.len() as u64 != bucket(mark as u64 + 1) {
        return None;
    }
    padded.truncate(mark);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_few_and_at_most_an_eighth_too_large() {
        assert_eq!([0, 1, 128, 129, 1000, 4097].map(bucket), [128, 128, 128, 144, 1024, 4352]);
        let mut buckets = std::collections::BTreeSet::new();
        for length in SMALLEST..100_000 {
            let size = bucket(length);
            assert!(size >= length && (size - length) * 8 <= length, "{length} → {size}");
            assert_eq!(bucket(size), size, "a bucket holds itself");
            buckets.insert(size);
        }
        assert!(buckets.len() < 160, "{} buckets", buckets.len());
        assert_eq!(bucket(u64::MAX), u64::MAX);
    }

    #[test]
    fn every_length_comes_back() {
        for length in 0..3000 {
            let content = vec![0; length];
            let mut padded = Vec::new();
            pad(&content, &mut padded);
            assert_eq!(padded.len() as u64, bucket(length as u64 + 1));
            unpad(&mut padded).unwrap();
            assert_eq!(padded, content);
        }
    }

    #[test]
    fn what_no_writer_pads_so_is_refused() {
        for mut strange in [vec![], vec![0; 128], vec![7; 128], [vec![MARK], vec![0; 200]].concat()] {
            assert_eq!(unpad(&mut strange), None);
        }
    }
}
