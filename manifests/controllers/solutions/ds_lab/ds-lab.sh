kubectl set image daemonset ds-mainui web-container=httpd:2.4
