kubectl exec webui -c web -- sh -c 'echo Helping You Adopt Cloud > /usr/share/nginx/html/index.html'
