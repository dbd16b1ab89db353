using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Tests.Unit.Config;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>Keys that are not in the configuration itself.</summary>
public class KeyFilesTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef\n")]
    [InlineData("0123456789abcdef0123456789abcdef\r\n\n")]
    [InlineData("hex:3031323334353637383961626364656630313233343536373839616263646566\n")]
    public void Key_of_a_file_is_text_or_digits_without_line_ends(string content)
    {
        (VrrpInstanceBlock instance, DiagnosticBag found) = Load("key 1 file:/etc/key", new ModelFiles().File("/etc/key", "0600", content: content));
        Assert.Empty(found);
        Assert.Equal(Secret, System.Text.Encoding.ASCII.GetString(instance.AuthHmac!.Keys[0].Secret));
        instance.WipeSecrets();
        Assert.DoesNotContain(instance.AuthHmac.Keys[0].Secret.ToArray(), static b => b != 0);
    }

    [Theory]
    [InlineData("", "what is there has 0 bytes, not 32 to 64")]
    [InlineData("short", "what is there has 5 bytes, not 32 to 64")]
    [InlineData("hex:zz", "what is there is no row of pairs of hex digits")]
    public void Key_of_a_file_that_is_no_key_is_said(string content, string problem)
    {
        (_, DiagnosticBag found) = Load("key 1 file:/etc/key", new ModelFiles().File("/etc/key", "0600", content: content));
        Diagnostic only = Assert.Single(found);
        Assert.Equal("KA0464", only.Code);
        Assert.Equal($"(A) auth_hmac key 1: {problem}", only.Message);
    }

    [Fact]
    public void Key_of_a_file_that_never_ends_is_said()
    {
        (_, DiagnosticBag found) = Load("key 1 file:/etc/key", new ModelFiles().File("/etc/key", "0600", content: new string('x', 200)));
        Assert.Equal("(A) auth_hmac key 1: /etc/key is too long for a key", Assert.Single(found).Message);
    }

    [Fact]
    public void Key_that_is_not_there_stops_who_signs_with_it_and_is_left_out_otherwise()
    {
        (VrrpInstanceBlock instance, DiagnosticBag found) = Load($"key 1 {Secret}\nkey 2 file:/etc/key", new ModelFiles());
        Diagnostic only = Assert.Single(found);
        Assert.Equal("KA0463", only.Code);
        Assert.Equal("(A) auth_hmac key 2: cannot read /etc/key: No such file or directory - ignoring the key", only.Message);
        Assert.Equal([1], instance.AuthHmac!.Keys.Select(static key => (int)key.Id));

        (_, found) = Load($"key 1 file:/etc/key\nkey 2 {Secret}", new ModelFiles());
        Assert.Equal("KA0464", Assert.Single(found).Code);
    }

    [Theory]
    [InlineData("0600", false)]
    [InlineData("0400", false)]
    [InlineData("0640", true)]
    [InlineData("0604", true)]
    [InlineData("0620", true)]
    public void Key_file_that_others_have_rights_to_is_reported_and_used(string mode, bool isReported)
    {
        (VrrpInstanceBlock instance, DiagnosticBag found) = Load(
            "key 1 file:/etc/link", new ModelFiles().Link("/etc/link", "/etc/key").File("/etc/key", mode, content: Secret));
        Assert.Equal(isReported, found.Any(static d => d.Code == "KA0465"));
        Assert.Equal(32, instance.AuthHmac!.Keys[0].Secret.Length);
    }

    [Fact]
    public void Credential_is_a_file_of_the_directory_that_systemd_names()
    {
        ModelFiles files = new ModelFiles().File("/run/credentials/x.service/vrrp", "0440", content: Secret);
        (VrrpInstanceBlock instance, DiagnosticBag found) = Load("key 1 credential:vrrp", files, "/run/credentials/x.service");
        Assert.Empty(found);
        Assert.Equal(Secret, System.Text.Encoding.ASCII.GetString(instance.AuthHmac!.Keys[0].Secret));
    }

    [Theory]
    [InlineData("credential:vrrp", null, "there are no credentials: CREDENTIALS_DIRECTORY is not set")]
    [InlineData("credential:other", "/run/c", "cannot read /run/c/other: No such file or directory")]
    [InlineData("credential:../../etc/shadow", "/run/c", "a credential's name is that of a file, without a path")]
    [InlineData("credential:", "/run/c", "a credential's name is that of a file, without a path")]
    [InlineData("credential:..", "/run/c", "a credential's name is that of a file, without a path")]
    public void Credential_that_cannot_be_read_is_said(string key, string? directory, string problem)
    {
        (_, DiagnosticBag found) = Load($"key 1 {key}", new ModelFiles(), directory);
        Assert.Equal($"(A) auth_hmac key 1: {problem}", Assert.Single(found).Message);
    }

    [Fact]
    public void Key_that_is_written_out_needs_no_file()
    {
        (_, DiagnosticBag found) = Load($"key 1 {Secret}", new ModelFiles());
        Assert.Empty(found);
    }

    private static (VrrpInstanceBlock Instance, DiagnosticBag Found) Load(string keys, ModelFiles files, string? credentials = null)
    {
        LoadResult result = ConfigText.Load($$"""
            vrrp_instance A {
                interface eth0
                virtual_router_id 51
                auth_hmac {
                    {{keys}}
                    active_key 1
                }
                virtual_ipaddress {
                    192.0.2.100
                }
            }
            """);
        DiagnosticBag found = new(result.Sources);
        new KeyFiles(files, credentials).Run(result.Configuration, found);
        return (result.Configuration.VrrpInstances[0], found);
    }
}
