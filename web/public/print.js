// Asks the browser to print the transcript once all of it is there.
addEventListener("load", () => { print(); });
