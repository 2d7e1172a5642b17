//! AES-GCM as SSH uses it (RFC 5647, `aes*-gcm@openssh.com`): each packet is 4 bytes of length, which are
//! authenticated but not encrypted, then the encrypted bytes, then a tag of 16 bytes. Works in the caller's memory.

use napi::bindgen_prelude::{Error, Result, Uint8Array};
use napi_derive::napi;
use ring::aead::{Aad, LessSafeKey, Nonce, Tag, UnboundKey, AES_128_GCM, AES_256_GCM, NONCE_LEN};

const LENGTH_BYTES: usize = 4;
const TAG_BYTES: usize = 16;

/// One direction of a connection between two key exchanges: every packet uses the next nonce.
#[napi]
pub struct PacketGcm {
    key: LessSafeKey,
    iv: [u8; NONCE_LEN],
}

#[napi]
impl PacketGcm {
    /// `key`: 16 or 32 bytes. `iv`: 12 bytes, for the first packet.
    #[napi(constructor)]
    pub fn new(key: &[u8], iv: &[u8]) -> Result<Self> {
        let algorithm = match key.len() {
            16 => &AES_128_GCM,
            32 => &AES_256_GCM,
            _ => return Err(Error::from_reason("The key has a wrong length")),
        };
        let key = UnboundKey::new(algorithm, key).map_err(|_| Error::from_reason("The key is invalid"))?;
        let iv = iv.try_into().map_err(|_| Error::from_reason("The IV has a wrong length"))?;
        Ok(Self { key: LessSafeKey::new(key), iv })
    }

    /// Encrypts the packet at `start..end` of `memory` in place and writes its tag, for which the last 16 bytes are.
    #[napi]
    pub fn seal(&mut self, mut memory: Uint8Array, start: u32, end: u32) -> Result<()> {
        // SAFETY: JavaScript runs on this thread alone and waits for us; nothing else sees the memory meanwhile.
        let memory = unsafe { memory.as_mut() };
        let (length, body, tag) =
            split(memory, start, end).ok_or_else(|| Error::from_reason("The packet is out of range"))?;
        let nonce = self.next_nonce();
        let sealed = self
            .key
            .seal_in_place_separate_tag(nonce, Aad::from(&*length), body)
            .map_err(|_| Error::from_reason("The packet is too long"))?;
        tag.copy_from_slice(sealed.as_ref());
        Ok(())
    }

    /// Decrypts the packet at `start..end` of `memory` in place. False: it is not what the other side has sent.
    #[napi]
    pub fn open(&mut self, mut memory: Uint8Array, start: u32, end: u32) -> bool {
        // SAFETY: as in `seal`.
        let memory = unsafe { memory.as_mut() };
        let Some((length, body, tag)) = split(memory, start, end) else {
            return false;
        };
        let Ok(tag) = Tag::try_from(&*tag) else {
            return false;
        };
        let nonce = self.next_nonce();
        self.key.open_in_place_separate_tag(nonce, Aad::from(&*length), tag, body, 0..).is_ok()
    }

    /// RFC 5647, 7.1: the last 8 bytes count the packets.
    fn next_nonce(&mut self) -> Nonce {
        let nonce = Nonce::assume_unique_for_key(self.iv);
        for byte in self.iv[4..].iter_mut().rev() {
            *byte = byte.wrapping_add(1);
            if *byte != 0 {
                break;
            }
        }
        nonce
    }
}

type Packet<'a> = (&'a mut [u8], &'a mut [u8], &'a mut [u8]);

fn split(memory: &mut [u8], start: u32, end: u32) -> Option<Packet<'_>> {
    let packet = memory.get_mut(start as usize..end as usize)?;
    let body_end = packet.len().checked_sub(TAG_BYTES).filter(|&end| end >= LENGTH_BYTES)?;
    let (rest, tag) = packet.split_at_mut(body_end);
    let (length, body) = rest.split_at_mut(LENGTH_BYTES);
    Some((length, body, tag))
}
