// Uploads that go on where they stopped (tus 1.0.0), also after the page was loaded again: files are known by their
// name, size and day, and the place of each upload is kept in this browser until the file is whole.
const PART = 8 * 1024 * 1024;
const WAITS = [1000, 3000, 10000, 30000];

function begin(form) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("ul.uploads");
  const start = (files) => [...files].forEach((file) => follow(form, list, file));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start(input.files);
    input.value = "";
  });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    start(event.dataTransfer.files);
  });
}

function follow(form, list, file) {
  const line = document.createElement("li");
  const name = document.createElement("bdi");
  const bar = document.createElement("progress");
  const told = document.createElement("span");
  name.textContent = file.name;
  bar.max = Math.max(file.size, 1);
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  line.append(name, " ", bar, " ", told);
  list.append(line);
  const progress = (sent) => { bar.value = sent; };
  const run = async () => {
    told.textContent = "";
    try {
      await send(form, file, progress);
    } catch (error) {
      const again = document.createElement("button");
      again.type = "button";
      again.className = "button secondary";
      again.textContent = list.dataset.again;
      again.addEventListener("click", run);
      told.replaceChildren(`${list.dataset.failed}: ${error.message} `, again);
      return;
    }
    told.textContent = list.dataset.done;
    bar.dataset.done = "1";
    if (![...list.querySelectorAll("progress")].some((one) => !one.dataset.done)) location.reload();
  };
  run();
}

async function send(form, file, progress) {
  const key = `upload ${form.dataset.uploads} ${file.name} ${file.size} ${file.lastModified}`;
  let place = localStorage.getItem(key);
  let offset = place === null ? null : await where(form, place);
  if (offset === null) {
    place = await create(form, file);
    localStorage.setItem(key, place);
    offset = 0;
  }
  while (offset < file.size) {
    progress(offset);
    offset = await part(form, place, file, offset);
  }
  progress(file.size);
  localStorage.removeItem(key);
}

function headers(form, more) {
  return { "Tus-Resumable": "1.0.0", "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value, ...more };
}

async function create(form, file) {
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
  const answer = await fetch(form.dataset.uploads, {
    method: "POST",
    headers: headers(form, { "Upload-Length": String(file.size), "Upload-Metadata": `filename ${name}` }),
  });
  if (answer.status !== 201) throw new Error((await answer.text()) || String(answer.status));
  return answer.headers.get("Location");
}

async function where(form, place) {
  const answer = await fetch(place, { method: "HEAD", headers: headers(form, {}) });
  return answer.ok ? Number(answer.headers.get("Upload-Offset")) : null;
}

async function part(form, place, file, offset) {
  for (const wait of [...WAITS, null]) {
    try {
      const answer = await fetch(place, {
        method: "PATCH",
        headers: headers(form, { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" }),
        body: file.slice(offset, offset + PART),
      });
      if (answer.status === 204) return Number(answer.headers.get("Upload-Offset"));
      if (answer.status < 500 && answer.status !== 423 && answer.status !== 409) {
        throw new TypeError((await answer.text()) || String(answer.status));
      }
      const stands = await where(form, place);
      if (stands !== null && stands !== offset) return stands;
    } catch (error) {
      if (error instanceof TypeError && wait === null) throw error;
    }
    if (wait === null) throw new Error("no answer");
    await new Promise((done) => setTimeout(done, wait));
  }
  throw new Error("no answer");
}

document.querySelectorAll("form.dropzone[data-uploads]").forEach(begin);
