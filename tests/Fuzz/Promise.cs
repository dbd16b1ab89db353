using System.Text.Json;

namespace KeepalivedAot.Tests.Fuzz;

/// <summary>What a target promises beyond an end without an exception.</summary>
internal static class Promise
{
    public static void Require(bool isKept, string promise)
    {
        if (!isKept)
            throw new BrokenPromiseException(promise);
    }

    public static void Equal<T>(T expected, T actual, string promise)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new BrokenPromiseException($"{promise}: {expected} is not {actual}");
    }

    public static void SameBytes(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string promise)
    {
        if (!expected.SequenceEqual(actual))
            throw new BrokenPromiseException($"{promise}: {Convert.ToHexString(expected)} is not {Convert.ToHexString(actual)}");
    }

    /// <summary>What is read depends on the bytes and on nothing that stands behind them.</summary>
    public static void ReadsNothingBehind(byte[] input, Func<ArraySegment<byte>, string> read)
    {
        byte[] zeros = new byte[input.Length + 64];
        byte[] ones = new byte[input.Length + 64];
        input.CopyTo(zeros, 0);
        Array.Fill(ones, byte.MaxValue);
        input.CopyTo(ones, 0);
        Equal(read(new ArraySegment<byte>(zeros, 0, input.Length)), read(new ArraySegment<byte>(ones, 0, input.Length)), "what stands behind the input changes nothing");
    }

    /// <summary>What we write is JSON.</summary>
    public static void IsJson(string text) => IsJson(System.Text.Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="IsJson(string)"/>
    public static void IsJson(byte[] text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
    }

    /// <summary>What people are shown has no control characters.</summary>
    public static void IsPrintable(string text)
        => Require(!text.Any(static c => char.IsControl(c) && c is not ('\n' or '\t')), $"no control characters in '{text}'");
}

/// <summary>A promise was not kept.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception(promise);
