// From disk, a link to a folder is one to the page in it.
if (location.protocol === 'file:') {
    for (const link of document.links) {
        if (link.protocol === 'file:') link.pathname = link.pathname.replace(/\/$/, '/index.html');
    }
}
