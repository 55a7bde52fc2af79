using Adversarial.Neural;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>How an adversarial autoencoder is trained: it reconstructs rows while its codes learn to pass for draws from N(0, 1).</summary>
/// <param name="encoder">The encoder; its output is the code.</param>
/// <param name="decoder">The decoder.</param>
/// <param name="critic">Tells codes of rows from draws: logits for the cross entropy, whatever it likes for a difference of means.</param>
/// <param name="loss">What reconstructions are trained by.</param>
/// <param name="wasserstein">Whether the game is on a difference of means (Arjovsky et al. 2017), not on the cross entropy.</param>
internal sealed class AdversarialReconstruction(RowNetwork encoder, RowNetwork decoder, Mlp critic, ReconstructionLoss loss, bool wasserstein)
{
    /// <summary>Trains encoder and decoder to reconstruct.</summary>
    public required Adam ReconstructionAdam { get; init; }

    /// <summary>Trains the critic.</summary>
    public required Adam CriticAdam { get; init; }

    /// <summary>Trains the encoder against the critic.</summary>
    public required Adam EncoderAdam { get; init; }

    /// <summary>One update of each (Makhzani et al. 2016, section 2): reconstruct, then shape the codes to N(0, 1).</summary>
    public void Step(TrainingStep step)
    {
        Tensor x = step.Features;
        Tensor outputs = decoder.Forward(encoder.Forward(x, step.Noise), step.Noise);
        step.Minimize(ReconstructionAdam, loss.Of(outputs, x), "reconstruction");

        step.BeginUpdate();
        Tensor codes = step.Tape.Allocate(2 * step.Rows, encoder.Outputs);
        using (step.Tape.WithoutRecording())
            encoder.Forward(x, into: codes.SliceRows(0, step.Rows));
        step.Normal(step.Rows, encoder.Outputs, into: codes.SliceRows(step.Rows, step.Rows));
        Tensor judged = critic.Forward(codes, step.Noise);
        Tensor real = judged.SliceRows(0, step.Rows);
        Tensor prior = judged.SliceRows(step.Rows, step.Rows);
        step.Minimize(CriticAdam,
            wasserstein ? Mean(real) - Mean(prior) : BinaryCrossEntropyWithLogits(real, 0) + BinaryCrossEntropyWithLogits(prior, 1), "code critic");

        step.BeginUpdate();
        Tensor fooled = critic.Forward(encoder.Forward(x, step.Noise));
        step.Minimize(EncoderAdam, wasserstein ? -Mean(fooled) : BinaryCrossEntropyWithLogits(fooled, 1), "encoder");
    }

    /// <summary>Multiply-adds of a step: forward is one pass through a network, backward two, or one to the input alone.</summary>
    public static double WorkOfStep(int rows, RowNetwork encoder, RowNetwork decoder) =>
        rows * (7.0 * WorkBudget.OfRow(encoder) + 3.0 * WorkBudget.OfRow(decoder));
}
