// The client showed its ID token: nobody has to confirm the logout.
document.getElementById('logout').click()
