// Looks again from time to time, where a page asks for it (data-live: seconds),
// and puts what is new in place.  Without it every page works the same.
(function () {
	'use strict';
	var main = document.getElementById('main');
	var seconds = main && Number(main.dataset.live);
	var last = main && main.innerHTML;

	// Nothing is taken away under somebody's finger.
	function busy() {
		var at = document.activeElement;
		return document.hidden || main.querySelector('details[open]') ||
			(at && at !== document.body && main.contains(at));
	}

	function take(text) {
		var page = new DOMParser().parseFromString(text, 'text/html');
		var fresh = page.getElementById('main');
		if (!fresh || !fresh.dataset.live || busy() ||
			fresh.innerHTML === last)
			return;
		last = fresh.innerHTML;
		main.replaceChildren.apply(main,
			Array.prototype.slice.call(fresh.childNodes));
	}

	function look() {
		if (!busy())
			fetch(location.href, { credentials: 'same-origin' })
				.then(function (answer) {
					if (answer.redirected)
						location.reload();
					return answer.ok ? answer.text() : '';
				})
				.then(take, function () {});
	}

	if (seconds > 0)
		setInterval(look, seconds * 1000);
	// Once is enough, however hard it is pressed.
	document.addEventListener('submit', function (event) {
		if (event.target.dataset.sent)
			event.preventDefault();
		event.target.dataset.sent = '1';
	});
}());
