kubectl scale rs rs-mainui --replicas=1
