using KeepalivedAot.Linux.Capture;

namespace KeepalivedAot.Tests.Unit.Inspection;

public sealed class CaptureReaderTests
{
    private static readonly byte[] s_packet = [0x45, 1, 2, 3, 4, 5, 6];

    private static List<(long Number, long Time, LinkType Link, byte[] Bytes, long Original)> Read(byte[] file, CaptureResult end, string problem = "", int piece = int.MaxValue)
    {
        CaptureReader reader = new(new InPieces(file, piece));
        List<(long, long, LinkType, byte[], long)> frames = [];
        CaptureResult result;
        while ((result = reader.Next(out CapturedFrame frame)) == CaptureResult.Frame)
            frames.Add((frame.Number, frame.Time.Nanoseconds, frame.Link, frame.Bytes.ToArray(), frame.OriginalLength));
        Assert.Equal(end, result);
        Assert.Contains(problem, reader.Problem, StringComparison.Ordinal);
        // It stays at its end.
        Assert.NotEqual(CaptureResult.Frame, reader.Next(out _));
        return frames;
    }

    [Theory]
    [InlineData(false, false, 123_456u, 123_456_000)]
    [InlineData(true, false, 123_456u, 123_456_000)]
    [InlineData(false, true, 123_456_789u, 123_456_789)]
    [InlineData(true, true, 123_456_789u, 123_456_789)]
    [InlineData(false, false, uint.MaxValue, 999_999_999)]
    public void Pcap_of_each_kind_is_read(bool isBigEndian, bool hasNanoseconds, uint fraction, long nanoseconds)
    {
        CaptureFile file = new(isBigEndian);
        file.PcapHeader(LinkType.Ethernet, hasNanoseconds);
        file.PcapFrame(s_packet, fraction);
        file.PcapFrame(s_packet, 0, cut: 3);
        foreach (int piece in (int[])[1, 7, int.MaxValue])
        {
            var frames = Read(file.Bytes, CaptureResult.End, piece: piece);
            Assert.Equal(2, frames.Count);
            Assert.Equal((1, CaptureFile.Seconds * 1_000_000_000L + nanoseconds, LinkType.Ethernet, 7), (frames[0].Number, frames[0].Time, frames[0].Link, frames[0].Original));
            Assert.Equal(s_packet, frames[0].Bytes);
            Assert.Equal(s_packet[..4], frames[1].Bytes);
            Assert.Equal(7, frames[1].Original);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PcapNg_with_sections_interfaces_and_foreign_blocks_is_read(bool isBigEndian)
    {
        CaptureFile file = new(isBigEndian);
        file.Section();
        file.Interface(LinkType.Ethernet);
        file.Interface(LinkType.Raw, resolution: 9, offset: 100);
        file.Block(5, new byte[40]);
        file.Enhanced(s_packet, CaptureFile.Seconds * 1_000_000UL + 5);
        file.Enhanced(s_packet, 7, at: 1);
        file.Obsolete(s_packet, 3_000_000);
        file.Simple(s_packet);
        file.Section();
        file.Interface(LinkType.IPv4, resolution: 0x80 | 10);
        file.Enhanced(s_packet, 2 * 1024 + 512);
        var frames = Read(file.Bytes, CaptureResult.End, piece: 5);
        Assert.Equal([LinkType.Ethernet, LinkType.Raw, LinkType.Ethernet, LinkType.Ethernet, LinkType.IPv4], frames.Select(static f => f.Link));
        Assert.Equal([CaptureFile.Seconds * 1_000_000_000L + 5000, 100_000_000_007, 3_000_000_000, 0, 2_500_000_000], frames.Select(static f => f.Time));
        Assert.All(frames, static f => Assert.Equal(s_packet, f.Bytes));
    }

    [Theory]
    [InlineData(0xFF, ulong.MaxValue, long.MinValue)]
    [InlineData(0x7F, ulong.MaxValue, 0)]
    [InlineData(0, ulong.MaxValue, long.MaxValue)]
    [InlineData(0x80, ulong.MaxValue, 0)]
    [InlineData(9, 0, long.MinValue)]
    public void Time_that_is_none_is_some_time(byte resolution, ulong units, long offset)
    {
        CaptureFile file = new();
        file.Section();
        file.Interface(LinkType.Raw, resolution, offset);
        file.Enhanced(s_packet, units);
        Assert.True(Read(file.Bytes, CaptureResult.End)[0].Time >= 0);
    }

    [Fact]
    public void File_that_is_none_is_told()
    {
        Read([], CaptureResult.Malformed, "empty");
        Read([1, 2], CaptureResult.Malformed, "too short");
        Read("hello, world, this is text"u8.ToArray(), CaptureResult.Malformed, "neither as pcap nor as pcapng");
        Read([0x1F, 0x8B, 8, 0, 0, 0], CaptureResult.Malformed, "gzip");
    }

    [Fact]
    public void Every_truncated_length_is_the_end_of_a_cut_file_and_what_was_whole_is_read()
    {
        CaptureFile ng = new();
        ng.Section();
        ng.Interface(LinkType.Raw);
        int wholeNg = ng.Bytes.Length;
        ng.Enhanced(s_packet, 1);
        foreach ((byte[] file, int header, int shortest) in (ReadOnlySpan<(byte[], int, int)>)[(CaptureFile.Pcap(s_packet), 24, 4), (ng.Bytes, wholeNg, 4)])
        {
            for (int length = shortest; length < file.Length; length++)
            {
                CaptureReader reader = new(new MemoryStream(file, 0, length));
                CaptureResult result = reader.Next(out _);
                bool isWhole = length == header || length == 28 && header != 24;
                Assert.True(result == (isWhole ? CaptureResult.End : CaptureResult.Truncated), $"{length} of {file.Length}: {result}");
            }
        }
    }

    [Fact]
    public void Length_that_cannot_be_is_told_with_its_place()
    {
        byte[] file = CaptureFile.Pcap(s_packet, s_packet);
        file[24 + 16 + 7 + 11] = 0x40;
        Assert.Single(Read(file, CaptureResult.Malformed, "frame 2 claims"));

        CaptureFile ng = new();
        ng.Section();
        ng.Enhanced(s_packet, 1);
        Read(ng.Bytes, CaptureResult.Malformed, "an interface that is not described");
        ng = new CaptureFile();
        ng.Section();
        ng.Block(1, [1]);
        Read(ng.Bytes, CaptureResult.Malformed, "13 bytes");
    }

    [Fact]
    public void Frame_longer_than_any_is_cut_and_the_next_one_is_found()
    {
        byte[] giant = new byte[1 << 20];
        giant[0] = 0x45;
        var frames = Read(CaptureFile.Pcap(giant, s_packet), CaptureResult.End);
        Assert.Equal((CaptureReader.LongestFrame, giant.Length), (frames[0].Bytes.Length, (int)frames[0].Original));
        Assert.Equal(s_packet, frames[1].Bytes);
    }

    [Fact]
    public void Any_length_of_file_takes_the_same_memory()
    {
        byte[] header = CaptureFile.Pcap();
        byte[] frame = CaptureFile.Pcap(new byte[1400])[header.Length..];
        CaptureReader reader = new(new Repeated(header, frame, 100_000));
        Assert.Equal(CaptureResult.Frame, reader.Next(out _));
        long before = GC.GetAllocatedBytesForCurrentThread();
        long count = 1;
        while (reader.Next(out _) == CaptureResult.Frame)
            count++;
        Assert.Equal(100_000, count);
        // What the runtime takes for itself once is no matter.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    private sealed class InPieces(byte[] content, int piece) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
    }

    private sealed class Repeated(byte[] header, byte[] frame, int times) : Stream
    {
        private long _position;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => header.Length + (long)frame.Length * times;
        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_position == Length)
                return 0;
            byte[] part = _position < header.Length ? header : frame;
            int at = (int)(_position < header.Length ? _position : (_position - header.Length) % frame.Length);
            int taken = Math.Min(count, part.Length - at);
            part.AsSpan(at, taken).CopyTo(buffer.AsSpan(offset));
            _position += taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
