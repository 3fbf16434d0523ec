// What the page asks of the program, and the line in which a failure is told.

import { say } from "./words.js";

const notice = document.getElementById("notice");

export function tell(text) {
  notice.textContent = text;
}

// The answer, or null after a failure that was told.
export async function post(path, body) {
  try {
    const response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error || response.statusText);
    return answer;
  } catch (error) {
    tell(say("failed") + error.message);
    return null;
  }
}
