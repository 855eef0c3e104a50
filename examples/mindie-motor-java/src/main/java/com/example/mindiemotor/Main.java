package com.example.mindiemotor;

import io.github.cdk8sseccomp.SeccompMode;
import java.util.Optional;
import org.cdk8s.App;

public final class Main {
    private Main() {
    }

    public static void main(String[] args) {
        App app = new App();
        SeccompMode seccomp = SeccompModes.choose(app, Optional.ofNullable(System.getenv("SECCOMP_MODE")).orElse("localhost"));
        new MindieMotorChart(app, "mindie-motor", seccomp);
        app.synth();
    }
}
