using System.Net;
using Ecommerce.Api.Webhooks;

namespace Ecommerce.Api.Tests.Webhooks;

public sealed class PublicAddressTests
{
    /// <summary>The first and the last of each range.</summary>
    [Theory]
    [InlineData("0.0.0.0", "0.255.255.255")]
    [InlineData("10.0.0.0", "10.255.255.255")]
    [InlineData("100.64.0.0", "100.127.255.255")]
    [InlineData("127.0.0.0", "127.255.255.255")]
    [InlineData("168.63.129.16", "168.63.129.16")]
    [InlineData("169.254.0.0", "169.254.255.255")]
    [InlineData("172.16.0.0", "172.31.255.255")]
    [InlineData("192.0.0.0", "192.0.0.255")]
    [InlineData("192.0.2.0", "192.0.2.255")]
    [InlineData("192.88.99.0", "192.88.99.255")]
    [InlineData("192.168.0.0", "192.168.255.255")]
    [InlineData("198.18.0.0", "198.19.255.255")]
    [InlineData("198.51.100.0", "198.51.100.255")]
    [InlineData("203.0.113.0", "203.0.113.255")]
    [InlineData("224.0.0.0", "239.255.255.255")]
    [InlineData("240.0.0.0", "255.255.255.255")]
    public void What_is_reserved_in_IPv4_is_closed_and_its_neighbours_are_public(string first, string last)
    {
        foreach (var address in new[] { IPAddress.Parse(first), IPAddress.Parse(last) })
        {
            Assert.False(PublicAddress.Is(address), $"{address}");
            Assert.False(PublicAddress.Is(address.MapToIPv6()), $"::ffff:{address}");
            Assert.False(PublicAddress.Is(IPAddress.Parse($"64:ff9b::{address}")), $"64:ff9b::{address}");
        }

        if (Number(first) > 0 && !Reserved.Contains(Number(first) - 1)) Assert.True(PublicAddress.Is(Of(Number(first) - 1)), $"before {first}");
        if (Number(last) < uint.MaxValue && !Reserved.Contains(Number(last) + 1)) Assert.True(PublicAddress.Is(Of(Number(last) + 1)), $"after {last}");
    }

    [Theory]
    [InlineData("169.254.169.254")] // Metadata of AWS, Azure, Google and others.
    [InlineData("169.254.170.2")] // Of containers on AWS.
    [InlineData("fd00:ec2::254")] // Of AWS by IPv6.
    [InlineData("100.100.100.200")] // Of Alibaba.
    [InlineData("192.0.0.192")] // Of Oracle.
    public void Metadata_services_are_closed(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::8.8.8.8")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b:1::8.8.8.8")]
    [InlineData("64:ff9b:0:0:0:1::1")]
    [InlineData("100::1")]
    [InlineData("1fff:ffff::1")]
    [InlineData("2001::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:1ff:ffff::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2002:808:808::1")]
    [InlineData("3fff:fff:ffff::1")]
    [InlineData("4000::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fdff:ffff::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("ff0e::1")]
    public void What_is_no_host_of_the_world_in_IPv6_is_closed(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("168.63.129.17")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2001:200::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    [InlineData("3ffe::1")]
    public void Hosts_of_the_world_are_public(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    /// <summary>Neighbours of a range that are reserved themselves.</summary>
    private static readonly uint[] Reserved = [Number("239.255.255.255"), Number("240.0.0.0")];

    private static uint Number(string address) => BitConverter.ToUInt32([.. IPAddress.Parse(address).GetAddressBytes().Reverse()]);

    private static IPAddress Of(uint number) => new([.. BitConverter.GetBytes(number).Reverse()]);
}
