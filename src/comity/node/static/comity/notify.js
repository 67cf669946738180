// Subscribes this browser to alarms, and tells the node where it takes them.
const place = document.getElementById("notify");
const output = place && place.querySelector("output");

function bytesOf(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

async function subscribe() {
  const worker = await navigator.serviceWorker.register("/push.js");
  const made = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(place.dataset.key),
  });
  const answer = await fetch(place.dataset.url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrftoken": place.dataset.csrf },
    body: JSON.stringify(made),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  location.reload();
}

if (place && "serviceWorker" in navigator && "PushManager" in window) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => {
    subscribe().catch((error) => {
      output.textContent = error.message;
    });
  });
}
