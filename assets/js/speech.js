// What is said in a call, cut into pieces that can be read, and how loud it is.
const UNTIMED = 86_400, LONGEST = 64, SILENCE = 0.04;

// Sentences and clauses, together as long as they fit into one line.
export function phrases(words) {
  return (words.match(/[^.!?,;]+[.!?,;]*\s*/g) || [words]).reduce((cues, part) => {
    const last = cues.at(-1);
    if (last && !/[.!?]\s*$/.test(last) && (last + part).length <= LONGEST) cues[cues.length - 1] += part; else cues.push(part);
    return cues;
  }, []);
}

// A long cue is cut at its sentences, each placed where its share of the letters puts it; `length` (seconds) is that of the call.
export function cut({ start, end, speaker, text }, length) {
  const words = text.replace(/\s+/g, " ").trim(), isUntimed = end > UNTIMED, last = isUntimed ? length : end;
  const at = (letters) => start + ((last - start) * letters) / words.length;
  let before = 0;
  return (words.length > LONGEST ? phrases(words) : [words]).map((sentence) => {
    const from = at(before);
    before += sentence.length;
    return { at: from, end: at(before), who: isUntimed ? "about here" : speaker, words: sentence.trim() };
  });
}

// The loudest of each of `count` stretches, against the loudest of all; a call whose sound is not known yet is one quiet line.
export function bars(peaks, count) {
  if (!peaks?.length) return Array(count).fill(SILENCE);
  const most = Math.max(...peaks, 0.001);
  return Array.from({ length: count }, (_, n) => {
    const [from, to] = [Math.floor((n * peaks.length) / count), Math.ceil(((n + 1) * peaks.length) / count)];
    return Math.max(SILENCE, Math.max(...peaks.slice(from, to)) / most);
  });
}
