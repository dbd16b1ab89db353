using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Daemon.Kernel;

/// <summary>Makes the text of a <see cref="KernelRecord"/>, a line for each object: a reload makes it of thousands, so nothing is made on the way.</summary>
internal sealed class KernelRecordText
{
    private byte[] _text = new byte[4096];
    private int _length;

    public KernelRecordText() => Add(KernelRecord.Header).EndLine();

    /// <summary>Until the next line.</summary>
    public ReadOnlySpan<byte> Written => _text.AsSpan(0, _length);

    public void Address(string at, in IpAddress address, byte prefixLength)
        => Add("address ").Add(at).Add(" ").AddValue(address).Add("/").AddValue(prefixLength).EndLine();

    public void Route(string line) => Add(KernelRecord.RoutePrefix).Add(line).EndLine();

    public void Rule(string line) => Add(KernelRecord.RulePrefix).Add(line).EndLine();

    public void Link(in KernelRecord.Link link)
    {
        Add("link ").Add(link.Interface).Add(" ").Add(link.Base);
        if (link.Address is { } address)
            Add(" ").AddValue(address);
        EndLine();
    }

    public void Setting(string name, int original, int value)
        => Add("setting ").Add(name).Add(" ").AddValue(original).Add(" ").AddValue(value).EndLine();

    public void Table(AddressFamily family, string name)
        => Add(family == AddressFamily.IPv6 ? KernelRecord.IPv6TablePrefix : KernelRecord.IPv4TablePrefix).Add(name).EndLine();

    private KernelRecordText Add(string words)
    {
        int added;
        while (!ByteText.TryEncode(words, _text.AsSpan(_length), out added))
            Grow();
        _length += added;
        return this;
    }

    private KernelRecordText AddValue<T>(T value) where T : IUtf8SpanFormattable
    {
        int added;
        while (!value.TryFormat(_text.AsSpan(_length), out added, default, null))
            Grow();
        _length += added;
        return this;
    }

    private void EndLine() => Add("\n");

    private void Grow() => Array.Resize(ref _text, 2 * _text.Length);
}
