namespace Adversarial.Neural;

/// <summary>Makes devices of one kind, one for each training.</summary>
public interface IDeviceFactory
{
    /// <summary>What the devices are, such as "torch cuda:0": a training that was broken off goes on with devices of the same name alone.</summary>
    string Name { get; }

    /// <summary>
    /// A new device. It serves one thread at a time; the training that asked for it disposes of it, if it is disposable, once nothing of its
    /// memory is needed any more.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no such device here, or what it runs on cannot be loaded; the message says what to do.</exception>
    IDevice CreateDevice();
}
