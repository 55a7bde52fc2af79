using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>One layer of a <see cref="ConvolutionalNetwork"/>: what it makes of maps [images * pixels, channels].</summary>
internal abstract class NetworkStage
{
    /// <summary>The maps that it gives.</summary>
    public required MapShape To { get; init; }

    /// <summary>Whether it has weights, and so activations of its own.</summary>
    public virtual bool HasWeights => false;

    /// <summary>Multiply-adds of its product for one image.</summary>
    public virtual long MultiplyAdds => 0;

    public virtual void Initialize(NoiseSource noise)
    {
    }

    public abstract Tensor Forward(Tensor x, NoiseSource? noise, Tensor? into);

    /// <summary>A gradient before the stage, from one behind it and the stage's output: an operation that has a gradient itself.</summary>
    public virtual Tensor InputGradient(Tensor behind, Tensor output) => throw new InvalidOperationException("Input gradients are for dense layers and convolutions.");

    private static Tensor CopyInto(Tensor y, Tensor? into)
    {
        if (into is not { } place)
            return y;
        CopyOperation.Apply(y, place);
        return place;
    }

    public static NetworkStage Of(ParameterSet parameters, MapShape maps, LayerSpec spec, BatchNormSettings batchNorm)
    {
        if (spec.Dropout != 0 && spec.Kind is not (LayerKind.Dense or LayerKind.Convolution or LayerKind.TransposedConvolution))
            throw new ArgumentException($"A layer of the kind {spec.Kind} has no dropout.", nameof(spec));
        switch (spec.Kind)
        {
            case LayerKind.Dense:
                return new Weighted(SpecifiedLayer.Dense(parameters, maps.Features, spec, batchNorm), maps) { To = new MapShape(1, 1, spec.Width) };
            case LayerKind.Convolution or LayerKind.TransposedConvolution:
                SpecifiedLayer layer = SpecifiedLayer.Convolution(parameters, maps, spec, batchNorm);
                return new Weighted(layer, maps) { To = ((ConvolutionLayer)layer.Weights).To };
            case LayerKind.MaxPooling or LayerKind.AveragePooling:
                return Pooled.Create(maps, spec);
            case LayerKind.Upsampling:
                int factor = spec.Window.Size;
                ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1, nameof(spec));
                return new Upsampled(new UpsamplingOperation(maps, factor)) { To = maps with { Height = checked(maps.Height * factor), Width = checked(maps.Width * factor) } };
            case LayerKind.Reshape:
                return spec.Maps.Features == maps.Features
                    ? new Reshaped(maps) { To = spec.Maps }
                    : throw new ArgumentException($"Maps of {maps} do not make maps of {spec.Maps}.", nameof(spec));
            case LayerKind.Activation:
                return Activated.Create(parameters, maps, spec, batchNorm);
            default:
                throw new ArgumentOutOfRangeException(nameof(spec), spec.Kind, "The kind of the layer is unknown.");
        }
    }

    private sealed class Weighted(SpecifiedLayer layer, MapShape maps) : NetworkStage
    {
        public override bool HasWeights => true;

        public override long MultiplyAdds => layer.Weights is ConvolutionLayer convolution
            ? convolution.Shape.MultiplyAdds
            : (long)layer.Weights.Inputs * layer.Weights.Outputs;

        public override void Initialize(NoiseSource noise) => layer.Initialize(noise);

        public override Tensor Forward(Tensor x, NoiseSource? noise, Tensor? into) =>
            layer.Forward(layer.Weights is Linear && maps.Pixels > 1 ? x.Reshape(x.Rows / maps.Pixels, maps.Features) : x, noise, into);

        public override Tensor InputGradient(Tensor behind, Tensor output)
        {
            Tensor before = layer.InputGradient(behind, output);
            return layer.Weights is Linear && maps.Pixels > 1 ? before.Reshape(before.Rows * maps.Pixels, maps.Channels) : before;
        }
    }

    private sealed class Pooled(PoolingOperation operation) : NetworkStage
    {
        public static Pooled Create(MapShape maps, LayerSpec spec)
        {
            (WindowAxis rows, WindowAxis columns) = spec.Window.Over(maps);
            var shape = new PoolingShape(rows, columns, maps.Channels);
            if (!shape.Rows.IsValid || !shape.Columns.IsValid)
                throw new ArgumentException($"Maps of {maps} have no window of {spec.Window.Size} x {spec.Window.Size}.", nameof(spec));
            return new Pooled(new PoolingOperation(shape, spec.Kind == LayerKind.AveragePooling)) { To = new MapShape(shape.Rows.Output, shape.Columns.Output, maps.Channels) };
        }

        public override Tensor Forward(Tensor x, NoiseSource? noise, Tensor? into) => operation.Apply(x, into);
    }

    private sealed class Upsampled(UpsamplingOperation operation) : NetworkStage
    {
        public override Tensor Forward(Tensor x, NoiseSource? noise, Tensor? into) => operation.Apply(x, into);
    }

    private sealed class Reshaped(MapShape maps) : NetworkStage
    {
        public override Tensor Forward(Tensor x, NoiseSource? noise, Tensor? into)
        {
            Tensor y = x.Reshape(x.Rows / maps.Pixels * To.Pixels, To.Channels);
            return CopyInto(y, into);
        }

        public override Tensor InputGradient(Tensor behind, Tensor output) => behind.Reshape(behind.Rows / To.Pixels * maps.Pixels, maps.Channels);
    }

    private sealed class Activated(BatchNorm? norm, Activation activation) : NetworkStage
    {
        public static Activated Create(ParameterSet parameters, MapShape maps, LayerSpec spec, BatchNormSettings batchNorm) => spec.Normalization switch
        {
            Normalization.None => new(null, spec.Activation) { To = maps },
            Normalization.Batch => new(new BatchNorm(parameters, maps.Channels, batchNorm.Momentum, batchNorm.Epsilon, batchNorm.IsAffine), spec.Activation) { To = maps },
            _ => throw new ArgumentException("Maps are not normalised over the channels of each pixel.", nameof(spec)),
        };

        // It draws nothing, so it takes no stream.
        public override void Initialize(NoiseSource noise) => norm?.Initialize(default);

        public override Tensor Forward(Tensor x, NoiseSource? noise, Tensor? into)
        {
            if (norm is not null)
                return norm.Forward(x, activation, training: noise is not null, into: into);
            Tensor y = ActivationOperation.Apply(x, activation);
            return CopyInto(y, into);
        }
    }
}
