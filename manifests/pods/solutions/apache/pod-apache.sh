kubectl exec apache -c httpd -- sh -c 'echo Learn-Do-Share > /usr/local/apache2/htdocs/index.html'
