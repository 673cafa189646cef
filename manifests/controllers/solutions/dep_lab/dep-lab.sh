kubectl rollout undo deployment dep-mainui
