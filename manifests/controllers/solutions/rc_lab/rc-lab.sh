kubectl scale rc rc-mainui --replicas=3
