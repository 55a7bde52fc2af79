using Adversarial.Neural;
using TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Microsoft.ML.Adversarial;

/// <content>Updates of weights.</content>
public sealed partial class TorchDevice
{
    /// <inheritdoc/>
    public void Adam(in Matrix weights, in Matrix gradients, in Matrix firstMoment, in Matrix secondMoment,
        in AdamSettings settings, long step, float gradientScale)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        double beta1 = settings.Beta1, beta2 = settings.Beta2, scale = gradientScale;
        double first = 1 - Math.Pow(beta1, step), second = 1 - Math.Pow(beta2, step);
        using Scalar ofGradient = (1 - beta1) * scale, ofSquare = (1 - beta2) * scale * scale, rate = -settings.LearningRate / first;
        TorchTensor g = View(gradients), m = View(firstMoment), v = View(secondMoment);
        Scale(m, beta1).add_(g, ofGradient);
        Scale(v, beta2).addcmul_(g, g, ofSquare);
        TorchTensor root = Scale(v.sqrt(), 1 / Math.Sqrt(second)).Increase(settings.Epsilon);
        View(weights).addcdiv_(m, root, rate);
    }

    /// <inheritdoc/>
    public void Adadelta(in Matrix weights, in Matrix gradients, in Matrix squares, in Matrix updates, in AdadeltaSettings settings)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        double rho = settings.Rho;
        using Scalar ofSquare = 1 - rho, rate = -settings.LearningRate;
        TorchTensor g = View(gradients), a = View(squares), d = View(updates);
        Scale(a, rho).addcmul_(g, g, ofSquare);
        TorchTensor update = d.clone().Increase(settings.Epsilon).div_(a.clone().Increase(settings.Epsilon)).sqrt_().mul_(g);
        View(weights).add_(update, rate);
        Scale(d, rho).addcmul_(update, update, ofSquare);
    }
}
