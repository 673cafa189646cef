kubectl scale statefulset sf-mainui --replicas=4
