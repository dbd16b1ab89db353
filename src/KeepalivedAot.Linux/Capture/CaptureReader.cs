using System.Buffers.Binary;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Linux.Capture;

/// <summary>What <see cref="CaptureReader.Next"/> found.</summary>
public enum CaptureResult
{
    Frame,
    End,

    /// <summary>The file ends within a frame, as one does whose writer was killed.</summary>
    Truncated,

    /// <summary>It is no capture file, or goes on as none does. Nothing more can be read.</summary>
    Malformed,
}

/// <summary>Reads capture files as a stream: pcap (both byte orders, micro- and nanoseconds) and pcapng.</summary>
/// <remarks>
/// Takes the same memory for any file: of a frame the first <see cref="LongestFrame"/> bytes are kept, and what is no frame is passed over.
/// The formats: draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng.
/// </remarks>
public sealed class CaptureReader(Stream input)
{
    /// <summary>The longest IP datagram, and any link header.</summary>
    public const int LongestFrame = 66 * 1024;

    // What no writer makes longer; more of it is a damaged length.
    private const uint LongestRecord = 16 << 20;
    private const int MostInterfaces = 4096;
    private const int ChunkLength = 32 * 1024;

    private const uint PcapMicroseconds = 0xA1B2C3D4;
    private const uint PcapNanoseconds = 0xA1B23C4D;
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;

    // 9999-12-31 23:59:59: what is later is no time.
    private const long LatestSeconds = 253_402_300_799;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    private readonly byte[] _chunk = new byte[ChunkLength];
    private readonly byte[] _frame = new byte[LongestFrame];
    private readonly List<CaptureInterface> _interfaces = [];
    private int _chunkStart;
    private int _chunkEnd;
    private Kind _kind;
    private bool _isBigEndian;
    private LinkType _link;
    private bool _hasNanoseconds;
    private long _number;

    private enum Kind
    {
        Unopened,
        Pcap,
        PcapNg,
        Broken,
    }

    private readonly record struct CaptureInterface(LinkType Link, uint SnapLength, byte Resolution, long OffsetSeconds);

    /// <summary>Why the last result was <see cref="CaptureResult.Malformed"/>.</summary>
    public string Problem { get; private set; } = "";

    /// <param name="frame">Only with <see cref="CaptureResult.Frame"/>, and until the next call.</param>
    public CaptureResult Next(out CapturedFrame frame)
    {
        frame = default;
        if (_kind == Kind.Unopened)
        {
            CaptureResult opened = Open();
            if (opened != CaptureResult.Frame)
            {
                _kind = Kind.Broken;
                return opened;
            }
        }
        CaptureResult result = _kind switch
        {
            Kind.Pcap => NextOfPcap(out frame),
            Kind.PcapNg => NextOfPcapNg(out frame),
            _ => CaptureResult.End,
        };
        if (result != CaptureResult.Frame)
            _kind = Kind.Broken;
        return result;
    }

    // Frame stands for "go on".
    private CaptureResult Open()
    {
        Span<byte> start = stackalloc byte[4];
        int length = Read(start);
        if (length == 0)
            return Fail("the file is empty");
        if (length < start.Length)
            return Fail("this is no capture file: it is too short");
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(start);
        if (magic == SectionHeader)
        {
            _kind = Kind.PcapNg;
            return ReadSectionHeader();
        }
        _isBigEndian = BinaryPrimitives.ReverseEndianness(magic) is PcapMicroseconds or PcapNanoseconds;
        if (_isBigEndian)
            magic = BinaryPrimitives.ReverseEndianness(magic);
        if (magic is not (PcapMicroseconds or PcapNanoseconds))
        {
            return Fail(start[..2].SequenceEqual(new byte[] { 0x1F, 0x8B })
                ? "the file is compressed: gzip -dc FILE | keepalived-aot decode -" : "this is no capture file: it begins neither as pcap nor as pcapng");
        }
        _hasNanoseconds = magic == PcapNanoseconds;
        // Version, time zone, accuracy, snapshot length, link type.
        Span<byte> rest = stackalloc byte[20];
        if (Read(rest) < rest.Length)
            return CaptureResult.Truncated;
        _link = (LinkType)(Get32(rest[16..]) & 0xFFFF);
        _kind = Kind.Pcap;
        return CaptureResult.Frame;
    }

    private CaptureResult NextOfPcap(out CapturedFrame frame)
    {
        frame = default;
        Span<byte> header = stackalloc byte[16];
        int length = Read(header);
        if (length == 0)
            return CaptureResult.End;
        if (length < header.Length)
            return CaptureResult.Truncated;
        uint captured = Get32(header[8..]);
        if (captured > LongestRecord)
            return Fail($"frame {_number + 1} claims to have {captured} bytes");
        ulong fraction = Get32(header[4..]);
        ulong nanoseconds = Math.Min(_hasNanoseconds ? fraction : fraction * 1000, NanosecondsPerSecond - 1);
        UnixTime time = new((long)(Get32(header) * NanosecondsPerSecond + nanoseconds));
        return ReadFrame(captured, 0, Get32(header[12..]), time, _link, out frame);
    }

    private CaptureResult NextOfPcapNg(out CapturedFrame frame)
    {
        frame = default;
        Span<byte> start = stackalloc byte[8];
        while (true)
        {
            int length = Read(start[..4]);
            if (length == 0)
                return CaptureResult.End;
            if (length < 4)
                return CaptureResult.Truncated;
            // The same in both byte orders.
            if (BinaryPrimitives.ReadUInt32LittleEndian(start) == SectionHeader)
            {
                CaptureResult section = ReadSectionHeader();
                if (section != CaptureResult.Frame)
                    return section;
                continue;
            }
            if (Read(start[4..]) < 4)
                return CaptureResult.Truncated;
            uint type = Get32(start);
            uint total = Get32(start[4..]);
            if (total < 12 || total % 4 != 0)
                return Fail($"a block behind frame {_number} claims to have {total} bytes");
            uint body = total - 12;
            switch (type)
            {
                case InterfaceDescription:
                    CaptureResult described = ReadInterface(body);
                    if (described != CaptureResult.Frame)
                        return described;
                    break;
                case EnhancedPacket or ObsoletePacket or SimplePacket:
                    return ReadPacketBlock(type, body, out frame);
                default:
                    if (!Skip(body + 4L))
                        return CaptureResult.Truncated;
                    break;
            }
        }
    }

    // Behind its type.
    private CaptureResult ReadSectionHeader()
    {
        Span<byte> header = stackalloc byte[8];
        if (Read(header) < header.Length)
            return CaptureResult.Truncated;
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        _isBigEndian = BinaryPrimitives.ReverseEndianness(magic) == ByteOrderMagic;
        if (!_isBigEndian && magic != ByteOrderMagic)
            return Fail("a section of the file has no byte order");
        uint total = Get32(header);
        if (total < 28 || total % 4 != 0)
            return Fail($"a section header claims to have {total} bytes");
        _interfaces.Clear();
        return Skip(total - 12L) ? CaptureResult.Frame : CaptureResult.Truncated;
    }

    private CaptureResult ReadInterface(uint body)
    {
        if (body < 8)
            return Fail("an interface is described in less than 8 bytes");
        Span<byte> header = stackalloc byte[8];
        if (Read(header) < header.Length)
            return CaptureResult.Truncated;
        CaptureInterface described = new((LinkType)Get16(header), Get32(header[4..]), 6, 0);
        long left = body - 8L;
        Span<byte> option = stackalloc byte[4];
        Span<byte> value = stackalloc byte[8];
        while (left >= option.Length)
        {
            if (Read(option) < option.Length)
                return CaptureResult.Truncated;
            left -= option.Length;
            ushort code = Get16(option);
            int length = Get16(option[2..]);
            if (code == 0)
                break;
            long padded = (length + 3L) / 4 * 4;
            if (padded > left)
                return Fail("an option of an interface is longer than its block");
            int wanted = (code, length) switch { (9, 1) => 1, (14, 8) => 8, _ => 0 };
            if (Read(value[..wanted]) < wanted || !Skip(padded - wanted))
                return CaptureResult.Truncated;
            left -= padded;
            if (wanted == 1)
                described = described with { Resolution = value[0] };
            else if (wanted == 8)
                described = described with { OffsetSeconds = _isBigEndian ? BinaryPrimitives.ReadInt64BigEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value) };
        }
        if (_interfaces.Count == MostInterfaces)
            return Fail($"a section describes more than {MostInterfaces} interfaces");
        _interfaces.Add(described);
        return Skip(left + 4) ? CaptureResult.Frame : CaptureResult.Truncated;
    }

    private CaptureResult ReadPacketBlock(uint type, uint body, out CapturedFrame frame)
    {
        frame = default;
        int headerLength = type == SimplePacket ? 4 : 20;
        if (body < headerLength)
            return Fail($"the block of frame {_number + 1} has no room for its header");
        Span<byte> header = stackalloc byte[20];
        header = header[..headerLength];
        if (Read(header) < header.Length)
            return CaptureResult.Truncated;
        uint index = type switch { EnhancedPacket => Get32(header), ObsoletePacket => Get16(header), _ => 0 };
        if (index >= _interfaces.Count)
            return Fail($"frame {_number + 1} is of an interface that is not described");
        CaptureInterface at = _interfaces[(int)index];
        uint room = body - (uint)headerLength;
        uint original = Get32(header[^4..]);
        uint captured = type != SimplePacket ? Get32(header[12..]) : Math.Min(at.SnapLength == 0 ? uint.MaxValue : at.SnapLength, Math.Min(original, room));
        if (captured > room || captured > LongestRecord)
            return Fail($"frame {_number + 1} claims to have {captured} bytes");
        UnixTime time = type == SimplePacket ? default : TimeOf(((ulong)Get32(header[4..]) << 32) | Get32(header[8..]), at);
        return ReadFrame(captured, room - captured + 4L, original, time, at.Link, out frame);
    }

    private CaptureResult ReadFrame(uint captured, long behind, uint original, UnixTime time, LinkType link, out CapturedFrame frame)
    {
        frame = default;
        Span<byte> kept = _frame.AsSpan(0, (int)Math.Min(captured, LongestFrame));
        if (Read(kept) < kept.Length || !Skip(captured - kept.Length + behind))
            return CaptureResult.Truncated;
        frame = new CapturedFrame { Number = ++_number, Time = time, Link = link, Bytes = kept, OriginalLength = Math.Max(original, captured) };
        return CaptureResult.Frame;
    }

    // if_tsresol: a power of 10, or of 2 with the highest bit.
    private static UnixTime TimeOf(ulong units, CaptureInterface at)
    {
        int exponent = at.Resolution & 0x7F;
        UInt128 perSecond = 1;
        if ((at.Resolution & 0x80) != 0)
            perSecond <<= Math.Min(exponent, 64);
        else
            for (int i = 0; i < Math.Min(exponent, 20); i++)
                perSecond *= 10;
        ulong seconds = (ulong)(units / perSecond);
        ulong nanoseconds = (ulong)(units % perSecond * NanosecondsPerSecond / perSecond);
        Int128 whole = Int128.Clamp((Int128)seconds + at.OffsetSeconds, 0, Math.Min(LatestSeconds, long.MaxValue / (long)NanosecondsPerSecond - 1));
        return new UnixTime((long)whole * (long)NanosecondsPerSecond + (long)nanoseconds);
    }

    private uint Get32(ReadOnlySpan<byte> bytes) => _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private ushort Get16(ReadOnlySpan<byte> bytes) => _isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private CaptureResult Fail(string problem)
    {
        Problem = problem;
        return CaptureResult.Malformed;
    }

    /// <returns>Less than was asked for at the end of the input only.</returns>
    private int Read(Span<byte> destination)
    {
        int filled = 0;
        while (filled < destination.Length)
        {
            if (_chunkStart == _chunkEnd)
            {
                (_chunkStart, _chunkEnd) = (0, input.Read(_chunk));
                if (_chunkEnd == 0)
                    break;
            }
            int taken = Math.Min(destination.Length - filled, _chunkEnd - _chunkStart);
            _chunk.AsSpan(_chunkStart, taken).CopyTo(destination[filled..]);
            _chunkStart += taken;
            filled += taken;
        }
        return filled;
    }

    private bool Skip(long count)
    {
        while (count > 0)
        {
            if (_chunkStart == _chunkEnd)
            {
                (_chunkStart, _chunkEnd) = (0, input.Read(_chunk));
                if (_chunkEnd == 0)
                    return false;
            }
            int passed = (int)Math.Min(count, _chunkEnd - _chunkStart);
            _chunkStart += passed;
            count -= passed;
        }
        return true;
    }
}
