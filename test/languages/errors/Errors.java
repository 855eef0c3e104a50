import io.github.cdk8sseccomp.SeccompMode;
import io.github.cdk8sseccomp.SeccompProfile;
import io.github.cdk8sseccomp.SeccompSecuredDeployment;
import java.util.List;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.plus28.ContainerProps;
import org.cdk8s.plus28.ContainerSecurityContextProps;

/** Does what the library refuses, and prints the message that arrives in Java. */
public final class Errors {
    public static void main(String[] args) {
        try {
            if (args[0].equals("document")) {
                SeccompProfile.fromJson("{ \"defaultAction\": \"SCMP_ACT_ALOW\" }");
            } else {
                synthesizePrivilegedContainer();
            }
        } catch (RuntimeException error) {
            System.out.println(error.getMessage());
        }
    }

    private static void synthesizePrivilegedContainer() {
        App app = new App();
        SeccompSecuredDeployment.Builder.create(new Chart(app, "chart"), "Engine")
            .seccomp(SeccompMode.localhostPath("profiles/app.json"))
            .containers(List.of(ContainerProps.builder()
                .image("app")
                .portNumber(1025)
                .securityContext(ContainerSecurityContextProps.builder().privileged(true).allowPrivilegeEscalation(true).build())
                .build()))
            .build();
        app.synth();
    }
}
