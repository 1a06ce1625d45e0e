package io.fairlead.dns.answer;

import io.fairlead.dns.wire.Edns;
import io.fairlead.dns.wire.ExtendedError;
import io.fairlead.dns.wire.Header;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.Octets;
import io.fairlead.dns.wire.Question;
import io.fairlead.dns.wire.RrClass;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.Hints;
import io.fairlead.dns.zone.RecordBlock;
import io.fairlead.dns.zone.SteeredBinding;
import io.fairlead.dns.zone.SteeredRecord;
import java.lang.foreign.MemorySegment;

/**
 * Writes a reply in wire order: question, answer, authority, additional, and the header last, when
 * all is known. Records either fit whole or the reply is truncated (RFC 2181 section 9). Mutable
 * and reused; sections are begun in order.
 */
public final class ReplyWriter {
  /** Room for a reply without records, whatever carries it: header, question, OPT. */
  private static final int SMALLEST_LIMIT = 512;

  private MemorySegment query = MemorySegment.NULL;
  private MemorySegment reply = MemorySegment.NULL;
  private int at;
  private int limit;
  private int questionEnd;
  private int questions;
  private int answers;
  private int authorities;
  private int additionals;
  private int flags;
  private boolean truncated;

  /** Begins a reply that is a header and nothing else, so far. */
  public void begin(MemorySegment queryMessage, MemorySegment replyMessage) {
    query = queryMessage;
    reply = replyMessage;
    at = Header.LENGTH;
    limit = SMALLEST_LIMIT;
    questionEnd = at;
    questions = 0;
    answers = 0;
    authorities = 0;
    additionals = 0;
    flags = 0;
    truncated = false;
  }

  /** Repeats the question, octet by octet: the case of QNAME is the asker's (RFC 4343). */
  public void question(int end) {
    Octets.copy(query, Question.NAME_AT, reply, Question.NAME_AT, end - Question.NAME_AT);
    at = end;
    questionEnd = end;
    questions = 1;
  }

  /** How long the reply may become, the room for OPT taken off. */
  public void limit(int octets) {
    limit = octets;
  }

  public void authoritative(boolean authoritative) {
    flags = authoritative ? Header.AUTHORITATIVE : 0;
  }

  /** Where the next record will stand. */
  public int position() {
    return at;
  }

  public MemorySegment reply() {
    return reply;
  }

  /**
   * Appends records to the answer section.
   *
   * @param ownerAt where the owner's name stands in this reply
   * @param apexAt where the name of the zone's apex stands in this reply
   */
  public void answer(RecordBlock records, int ownerAt, int apexAt) {
    answers += require(records, ownerAt, apexAt);
  }

  /** Appends a chosen record to the answer section. */
  public void answer(SteeredRecord record, int ownerAt, int ttlSeconds) {
    if (fits(record.length())) {
      record.writeTo(reply, at, ownerAt, ttlSeconds);
      at += record.length();
      answers++;
    } else {
      truncated = true;
    }
  }

  /** Appends a service binding with its hints to the answer section. */
  public void answer(SteeredBinding binding, Hints hints, int ownerAt, int ttlSeconds) {
    int length = binding.length(hints);
    if (fits(length)) {
      binding.writeTo(reply, at, ownerAt, ttlSeconds, hints);
      at += length;
      answers++;
    } else {
      truncated = true;
    }
  }

  /**
   * Appends the CNAME that a DNAME makes of a name: the labels in front of the DNAME's owner, as
   * they stand in this reply, put in front of its target (RFC 6672 section 2.2).
   *
   * @param nameAt where the name stands in this reply
   * @param prefixLength octets of those labels
   */
  public void synthesized(int nameAt, int prefixLength, Name target, int ttlSeconds) {
    int rdataLength = prefixLength + target.length();
    if (!fits(SteeredRecord.RDATA_AT + rdataLength)) {
      truncated = true;
      return;
    }
    Octets.putPointer(reply, at, nameAt);
    Octets.putU16(reply, at + 2, RrType.CNAME);
    Octets.putU16(reply, at + 4, RrClass.IN);
    Octets.putU32(reply, at + 6, ttlSeconds);
    Octets.putU16(reply, at + 10, rdataLength);
    at += SteeredRecord.RDATA_AT;
    Octets.copy(reply, nameAt, reply, at, prefixLength);
    target.writeTo(reply, at + prefixLength);
    at += rdataLength;
    answers++;
  }

  /** Appends a text of class CH, owned by the question's name (RFC 4892 section 3). */
  public void chaosText(byte[] rdata) {
    if (!fits(SteeredRecord.RDATA_AT + rdata.length)) {
      truncated = true;
      return;
    }
    Octets.putPointer(reply, at, Question.NAME_AT);
    Octets.putU16(reply, at + 2, RrType.TXT);
    Octets.putU16(reply, at + 4, RrClass.CH);
    Octets.putU32(reply, at + 6, 0);
    Octets.putU16(reply, at + 10, rdata.length);
    Octets.copy(rdata, 0, reply, at + SteeredRecord.RDATA_AT, rdata.length);
    at += SteeredRecord.RDATA_AT + rdata.length;
    answers++;
  }

  public void authority(RecordBlock records, int ownerAt, int apexAt) {
    authorities += require(records, ownerAt, apexAt);
  }

  /** Appends what the answer is useless without. */
  public void glue(RecordBlock records, int ownerAt, int apexAt) {
    additionals += require(records, ownerAt, apexAt);
  }

  /** Appends what is kind to send: left out where it does not fit (RFC 2181 section 9). */
  public void additional(RecordBlock records, int ownerAt, int apexAt) {
    if (records.count() > 0 && fits(records.length())) {
      additionals += require(records, ownerAt, apexAt);
    }
  }

  private int require(RecordBlock records, int ownerAt, int apexAt) {
    if (!fits(records.length())) {
      truncated = true;
      return 0;
    }
    records.writeTo(reply, at, ownerAt, apexAt);
    at += records.length();
    return records.count();
  }

  private boolean fits(int length) {
    return at + length <= limit;
  }

  /** Takes back all but the question: what is said instead is no answer. */
  public void clear() {
    clearSections();
    flags = 0;
    truncated = false;
  }

  /** Takes back all records: of a truncated answer none may be used, so none is sent. */
  public void clearSections() {
    at = questionEnd;
    answers = 0;
    authorities = 0;
    additionals = 0;
  }

  /** Says TC and nothing else: whoever asks over TCP gets the answer. */
  public void truncate() {
    clear();
    truncated = true;
  }

  public boolean isTruncated() {
    return truncated;
  }

  /** Appends OPT, see {@link OptWriter}; an extended error is left out where it does not fit. */
  public void opt(
      Edns asked,
      OptExtras extras,
      int payload,
      int rcode,
      int scopePrefixLength,
      int extendedError) {
    int error = fits(OptWriter.EXTENDED_ERROR_LENGTH) ? extendedError : ExtendedError.NONE;
    at = OptWriter.write(query, asked, extras, reply, at, payload, rcode, scopePrefixLength, error);
    additionals++;
  }

  /** Writes the header and so ends the reply; returns its length. */
  public int end(int rcode) {
    int tc = truncated ? Header.TRUNCATED : 0;
    Header.writeReply(
        query, reply, flags | tc, rcode & 0xf, questions, answers, authorities, additionals);
    return at;
  }
}
