# The shop as an image: docker build -t ecommerce . && docker run -p 8080:8080 -v shop:/app/data -e … ecommerce
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY .editorconfig global.json Directory.Build.props Directory.Packages.props ./
COPY src/Ecommerce.Storage/Ecommerce.Storage.csproj src/Ecommerce.Storage/
COPY src/Ecommerce.Api/Ecommerce.Api.csproj src/Ecommerce.Api/
RUN dotnet restore src/Ecommerce.Api -p:Configuration=Release
COPY src src
RUN dotnet publish src/Ecommerce.Api -c Release --no-restore -o /app && mkdir /data

# "extra" has ICU, by which names and passwords are brought into one form. The image has no shell, listens on 8080 and is not root.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app .
# The database and the images. A volume takes the owner from here.
COPY --from=build --chown=$APP_UID:$APP_UID /data data
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["dotnet", "Ecommerce.Api.dll", "health"]
ENTRYPOINT ["dotnet", "Ecommerce.Api.dll"]
